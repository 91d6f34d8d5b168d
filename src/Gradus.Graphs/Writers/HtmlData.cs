using System.Text;
using System.Text.Json;

namespace Gradus.Graphs;

/// <summary>
/// What the page's script reads: the nodes with their numbers at full precision, the heads, and what back-propagation carries along each edge from each
/// head.
/// </summary>
internal sealed class HtmlData
{
    // So that the page of a graph of 200 nodes stays below a megabyte.
    private const int MostInAll = 8192;
    private const int MostElements = 256;
    private const int FewElements = 16;

    private readonly GraphModel _graph;
    private readonly Utf8JsonWriter _json;
    private readonly int _most;

    private HtmlData(GraphModel graph, Utf8JsonWriter json)
    {
        (_graph, _json) = (graph, json);
        _most = graph.Nodes.Sum(static node => (long)(node.Value?.Count ?? 0)) <= MostInAll ? MostElements : FewElements;
    }

    public static string Of(HtmlView view)
    {
        using var stream = new MemoryStream();
        // The default encoder: no name can end the script that this is put into.
        using (var json = new Utf8JsonWriter(stream)) new HtmlData(view.Graph, json).Write(view);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Write(HtmlView view)
    {
        var walk = GraphWalk.Of(_graph);
        _json.WriteStartObject();
        _json.WriteString("title", view.Title);
        Write("group", view.Group);
        Write("parent", view.Parent);
        _json.WriteStartArray("nodes");
        foreach (var node in _graph.Nodes) Write(node);
        _json.WriteEndArray();
        _json.WriteStartArray("heads");
        foreach (var head in walk.Heads)
        {
            _json.WriteStartObject();
            _json.WriteNumber("node", head.Node);
            Write("seed", head.Seed);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("steps");
        foreach (var step in walk.Steps) Write(step);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Write(GraphNode node)
    {
        _json.WriteStartObject();
        _json.WriteString("name", node.Name);
        _json.WriteString("op", node.Operation);
        _json.WriteString("symbol", node.Symbol);
        _json.WriteString("infix", node.Definition?.Infix);
        _json.WriteString("kind", node.Kind.ToString().ToLowerInvariant());
        _json.WriteString("formula", node.Formula);
        WriteRaw("math", FormulaLatex.Of(_graph, node));
        _json.WritePropertyName("nameMath");
        _json.WriteRawValue(Quoted(MathMlText.Name(node.Name)), skipInputValidation: true);
        _json.WriteString("numbers", Numbers(node));
        if (node.Folded is { } folded) _json.WriteNumber("folded", folded.Id);
        Write("inputs", node.Inputs);
        if (node.Axis is { } axis) _json.WriteNumber("axis", axis);
        Write("shape", node.Shape);
        Write("value", node.Value);
        Write("gradient", node.Gradient);
        _json.WriteStartArray("local");
        foreach (var (input, local) in node.Local.Index())
        {
            _json.WriteStartObject();
            _json.WritePropertyName("number");
            if (local.Number is { } number) Write(number);
            else _json.WriteNullValue();
            _json.WriteString("symbol", local.Symbol);
            _json.WriteString("rule", local.Rule);
            WriteRaw("symbolMath", FormulaLatex.Fill(_graph, node, input, local.Latex));
            WriteRaw("math", FormulaLatex.Fill(_graph, node, input, local.RuleLatex));
            _json.WriteString("words", local.Words);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>The operation with its inputs' values in place of their names: <c>(−2) * 4</c>; null where they are not known.</summary>
    private string? Numbers(GraphNode node)
    {
        if (node.Definition is not { } definition) return null;
        var values = node.Inputs.Select(input => _graph.Nodes[input].Value).ToArray();
        return values.Contains(null) ? null : definition.Format([.. values.Select(static value => Factor(value!))], node.Axis);
    }

    /// <summary>A formula as MathML; nothing for none.</summary>
    private void WriteRaw(string name, string? latex)
    {
        if (latex is null) return;
        _json.WritePropertyName(name);
        _json.WriteRawValue(Quoted(MathMlText.Marked(_graph, latex)), skipInputValidation: true);
    }

    /// <summary>
    /// MathML as it stands in JSON. Its tags need no escapes, which would make it three times as long: none of them can end a script, and names are escaped as
    /// XML before.
    /// </summary>
    private static string Quoted(string mathMl) => $"\"{mathMl.Replace("\\", @"\\").Replace("\"", "\\\"")}\"";

    private void Write(GraphStep step)
    {
        _json.WriteStartObject();
        _json.WriteNumber("node", step.Node);
        _json.WriteNumber("input", step.Input);
        _json.WriteNumber("target", step.Target);
        _json.WriteStartArray("parts");
        foreach (var part in step.Contributions) Write(part);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Write(string name, int? number)
    {
        if (number is { } known) _json.WriteNumber(name, known);
        else _json.WriteNull(name);
    }

    private void Write(string name, IEnumerable<int> numbers)
    {
        _json.WriteStartArray(name);
        foreach (var number in numbers) _json.WriteNumberValue(number);
        _json.WriteEndArray();
    }

    private void Write(string name, Tensor? tensor)
    {
        _json.WritePropertyName(name);
        Write(tensor);
    }

    /// <summary>The elements in order; of a tensor that is too large its range as text.</summary>
    private void Write(Tensor? tensor)
    {
        if (tensor is null)
        {
            _json.WriteNullValue();
            return;
        }

        if (tensor.Count > _most)
        {
            _json.WriteStringValue(NumberText.Of(tensor));
            return;
        }

        _json.WriteStartArray();
        foreach (var number in tensor.To(DType.Float64).ToArray<double>()) Write(number);
        _json.WriteEndArray();
    }

    private void Write(double number)
    {
        if (double.IsFinite(number)) _json.WriteNumberValue(number);
        else _json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    }

    private static string Factor(Tensor tensor) =>
        (tensor.Rank == 0 ? NumberText.Of(tensor) : NumberText.Elements(tensor)) is var text && text[0] == '−' ? $"({text})" : text;
}
