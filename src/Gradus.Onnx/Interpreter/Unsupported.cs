using System.Globalization;
using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>All of a file that is not supported, told at once.</summary>
internal sealed class Unsupported
{
    private const int MostNames = 3;

    private readonly OrderedDictionary<(string Domain, string Name, int Opset), List<string>> _operators = [];
    private readonly OrderedDictionary<string, int> _types = [];

    public bool IsEmpty => _operators.Count == 0 && _types.Count == 0;

    public void AddOperator(NodeProto node, int opset)
    {
        var key = (node.Domain, node.Operator, opset);
        if (!_operators.TryGetValue(key, out var nodes)) _operators.Add(key, nodes = []);
        nodes.Add(GraphNode.NameOf(node));
    }

    public void AddType(string what) => _types[what] = _types.GetValueOrDefault(what) + 1;

    /// <summary>A line for each operator and type.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var ((domain, name, opset), nodes) in _operators)
        {
            var place = domain.Length == 0 ? $"opset {opset.ToString(CultureInfo.InvariantCulture)}" : $"domain {PlainText.Quote(domain)}";
            yield return string.Create(CultureInfo.InvariantCulture,
                $"operator {PlainText.Quote(name)} of {place} ({nodes.Count} {(nodes.Count == 1 ? "node" : "nodes")}): {PlainText.QuoteAll(nodes, MostNames)}");
        }

        foreach (var (what, count) in _types) yield return count == 1 ? what : string.Create(CultureInfo.InvariantCulture, $"{what} ({count} times)");
    }

    /// <exception cref="GradusException">Something is not supported.</exception>
    public void ThrowIfAny(string file)
    {
        if (IsEmpty) return;
        throw new GradusException($"{file}: it asks for what is not supported:\n  {string.Join(";\n  ", Lines())}.\n" +
            "Give operators of your own by OnnxOptions.With(domain, name, compute); docs/onnx.md lists those that are there.");
    }
}
