using System.Globalization;
using System.Text;

namespace Gradus.Graphs;

public sealed partial class Explanation
{
    private string Head => string.Join(" + ", _seeds.Keys.Select(head => _graph.Nodes[head].Name)) is var names && _seeds.Count > 1 ? $"({names})" : names;

    /// <summary>As plain text for a terminal.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine($"∂{Head}/∂{Target.Name} = {Show(Gradient)}").AppendLine();
        foreach (var (path, index) in Paths.Select(static (path, index) => (path, index)))
        {
            text.AppendLine($"path {index + 1}: {Route(path, " ← ")}");
            if (Symbols(path) is { Count: > 0 } symbols)
            {
                text.AppendLine($"  {string.Join(" · ", Fractions(path))}");
                text.AppendLine($"  = {string.Join(" · ", symbols)}");
                if (Numbers(path) is { } numbers) text.AppendLine($"  = {string.Join(" · ", numbers)}");
            }

            text.AppendLine($"  = {Show(path.Contribution)}");
        }

        if (PathCount > Paths.Length) text.AppendLine($"{Count(PathCount - Paths.Length)} more: {Show(Rest)}");
        text.AppendLine().Append(Checks()).AppendLine();
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>As a table in Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"**∂{Escape(Head)}/∂{Escape(Target.Name)} = {Show(Gradient)}**").AppendLine();
        text.AppendLine("| path | symbols | numbers | contribution |").AppendLine("|---|---|---|---:|");
        foreach (var path in Paths)
        {
            text.AppendLine($"| {Escape(Route(path, " ← "))} | {Escape(string.Join(" · ", Symbols(path)))} | {string.Join(" · ", Numbers(path) ?? [])} | {Show(path.Contribution)} |");
        }

        if (PathCount > Paths.Length) text.AppendLine($"| {Count(PathCount - Paths.Length)} more | | | {Show(Rest)} |");
        text.AppendLine($"| **sum** | | | **{Show(Sum)}** |").AppendLine().AppendLine(Checks());
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>As an <c>align*</c> of LaTeX with amsmath.</summary>
    public string ToLatex()
    {
        var lines = new List<string>();
        var head = _seeds.Count > 1 ? $"({string.Join(" + ", _seeds.Keys.Select(id => Latex(_graph.Nodes[id].Name)))})" : Latex(_graph.Nodes[_seeds.Keys.First()].Name);
        var derivative = $@"\frac{{\partial {head}}}{{\partial {Latex(Target.Name)}}}";
        var products = Paths.Select(path => string.Join(@" \cdot ", Steps(path).Select(step => $@"\frac{{\partial {Latex(step.Node.Name)}}}{{\partial {Latex(step.Input.Name)}}}").DefaultIfEmpty("1")));
        lines.Add($"{derivative} &= {Joined(products)}");
        lines.Add($"&= {Joined(Paths.Select(path => string.Join(@" \cdot ", Steps(path).Select(static step => LatexSymbol(step.Node, step.Index, step.Names)).DefaultIfEmpty("1"))))}");
        if (Paths.All(path => Numbers(path) is not null)) lines.Add($"&= {Joined(Paths.Select(path => string.Join(@" \cdot ", Numbers(path)!.DefaultIfEmpty("1")).Replace("·", @"\cdot")))}");
        lines.Add($"&= {Show(Gradient).Replace("…", @"\ldots ")}");
        return $"\\begin{{align*}}\n{string.Join(" \\\\\n", lines)}\n\\end{{align*}}\n".Replace('−', '-').Replace("×", @"\times ");
    }

    private string Joined(IEnumerable<string> terms) => string.Join(" + ", terms) + (PathCount > Paths.Length ? @" + \cdots" : "");

    private string Checks()
    {
        var paths = IsComplete
            ? $"sum of {Count(PathCount)}: {Show(Sum)}, which differs from back-propagation by {Gap(Sum)}"
            : $"{Count(PathCount)}: too many to walk; the rest is what the gradient has beyond the largest";
        return Difference is null ? paths : $"{paths}\nby finite differences: {Show(Difference)}, which differs by {Gap(Difference)}";
    }

    private string Gap(Tensor other)
    {
        var gap = (other - Gradient).Abs().Max().Item();
        return gap == 0 ? "0" : gap.ToString("0.0e+0", CultureInfo.InvariantCulture);
    }

    private string Route(GraphPath path, string arrow) => string.Join(arrow, Steps(path).Select(static step => step.Input.Name).Prepend(_graph.Nodes[path.Head].Name));

    private List<string> Fractions(GraphPath path) => Seeded(path, [.. Steps(path).Select(static step => $"∂{step.Node.Name}/∂{step.Input.Name}")], $"g({_graph.Nodes[path.Head].Name})");

    private List<string> Symbols(GraphPath path) => Seeded(path, [.. Steps(path).Select(static step => Factor(step.Node.Local[step.Index].Symbol))], $"g({_graph.Nodes[path.Head].Name})");

    /// <summary>The factors as numbers; null where one is a tensor's.</summary>
    private List<string>? Numbers(GraphPath path) => Steps(path).Any(static step => step.Node.Local[step.Index].Number is null)
        ? null
        : Seeded(path, [.. Steps(path).Select(static step => Factor(NumberText.Of(step.Node.Local[step.Index].Number!.Value)))], NumberText.Of(_seeds[path.Head]));

    /// <summary>The gradient that the head was given is a factor of its own, unless it is 1.</summary>
    private List<string> Seeded(GraphPath path, List<string> factors, string seed)
    {
        if (_seeds[path.Head].ToArray<double>().Any(static value => value != 1)) factors.Insert(0, seed);
        return factors;
    }

    private IEnumerable<(GraphNode Node, int Index, GraphNode Input, string[] Names)> Steps(GraphPath path) => path.Steps.Select(step =>
    {
        var node = _graph.Nodes[step.Node];
        return (node, step.Input, _graph.Nodes[node.Inputs[step.Input]], node.Inputs.Select(input => _graph.Nodes[input].Name).ToArray());
    });

    private static string Factor(string text) => text.Contains(' ') && !(text[0] == '(' && text[^1] == ')') ? $"({text})" : text[0] is '-' or '−' ? $"({text})" : text;

    private static string LatexSymbol(GraphNode node, int input, string[] names)
    {
        var symbol = Operation.Fill(node.Definition!.Symbols(input).Latex, [.. names.Select(Latex)], Latex(node.Name));
        return symbol[0] == '-' || symbol.Contains(" - ") ? $@"\left({symbol}\right)" : symbol;
    }

    /// <summary>A name as LaTeX: <c>apple_num</c> is one word, <c>t1</c> has an index.</summary>
    private static string Latex(string name)
    {
        var letters = name.TrimEnd([.. "0123456789"]);
        if (letters.Length == 1 && name.Length > 1 && char.IsAsciiLetter(letters[0])) return $"{letters}_{{{name[1..]}}}";
        if (name.Length == 1 || name.All(static character => char.IsAsciiDigit(character) || character is '.' or '-')) return name == "_" ? @"\_" : name[0] == '-' ? $"({name})" : name;
        return $@"\mathrm{{{name.Replace("_", @"\_")}}}";
    }

    private static string Show(Tensor tensor) => tensor.Rank == 0 ? tensor.Item().ToString("G10", CultureInfo.InvariantCulture).Replace('-', '−') : NumberText.Of(tensor);

    private static string Count(System.Numerics.BigInteger count) => count == 1 ? "1 path" : count.ToString("N0", CultureInfo.InvariantCulture) + " paths";

    private static string Escape(string text) => text.Replace("|", @"\|").Replace("*", @"\*").Replace("_", @"\_");
}
