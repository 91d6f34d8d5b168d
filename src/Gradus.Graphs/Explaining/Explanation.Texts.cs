using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gradus.Graphs;

public sealed partial class Explanation
{
    // Of kinks so many are told.
    private const int MostKinks = 4;

    private const string LineBreak = " \\\\\n";

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
                text.AppendLine(Numbers(path) is { } numbers ? $"  = {string.Join(" · ", numbers)}" : $"  ‖g‖: {Carried(path)}");
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
            text.AppendLine($"| {Escape(Route(path, " ← "))} | {Escape(string.Join(" · ", Symbols(path)))} | " +
                $"{(Numbers(path) is { } numbers ? string.Join(" · ", numbers) : "‖g‖: " + Carried(path))} | {Show(path.Contribution)} |");
        }

        if (PathCount > Paths.Length) text.AppendLine($"| {Count(PathCount - Paths.Length)} more | | | {Show(Rest)} |");
        text.AppendLine($"| **sum** | | | **{Show(Sum)}** |").AppendLine().AppendLine(Checks());
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>As an <c>align*</c> of LaTeX with amsmath.</summary>
    public string ToLatex() =>
        $"\\begin{{align*}}\n{string.Join(LineBreak, Lines(static node => LatexText.Name(node.Name)))}\n\\end{{align*}}\n";

    /// <summary>As MathML Core, an element <c>math</c> that browsers draw by themselves: the same lines as <see cref="ToLatex"/>.</summary>
    /// <remarks>A name with an index has it below, <c>w00</c>; the name of a Greek letter becomes the letter.</remarks>
    public string ToMathMl()
    {
        var rows = Lines(MathMlText.Place).Select(line =>
        {
            var equals = line.IndexOf('&', StringComparison.Ordinal);
            var (left, right) = (Cell(line[..equals]), Cell(line[(equals + 1)..]));
            return $"<mtr><mtd style=\"text-align: right\">{left}</mtd><mtd style=\"text-align: left\">{right}</mtd></mtr>";
        });
        return $"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">\n<mtable displaystyle=\"true\">\n{string.Join('\n', rows)}\n"
            + "</mtable>\n</math>\n";

        string Cell(string latex) => MathMlText.Plain(_graph, latex);
    }

    /// <summary>The formula line by line, an ampersand where they are aligned.</summary>
    private string[] Lines(Func<GraphNode, string> name)
    {
        var head = _seeds.Count > 1
            ? $"({string.Join(" + ", _seeds.Keys.Select(id => name(_graph.Nodes[id])))})"
            : name(_graph.Nodes[_seeds.Keys.First()]);
        var lines = new List<string>
        {
            $@"\frac{{\partial {head}}}{{\partial {name(Target)}}} &= {Joined(Products(step =>
                $@"\frac{{\partial {name(step.Node)}}}{{\partial {name(step.Input)}}}"))}",
        };
        lines.Add($"&= {Joined(Paths.Select(path =>
            Product(Seeded(path, [.. Steps(path).Select(step => LatexText.Factor(step, name))], $"g_{{{name(_graph.Nodes[path.Head])}}}"))))}");
        if (Paths.All(path => Numbers(path) is not null)) lines.Add($"&= {Joined(Paths.Select(path => Product(Numbers(path)!)))}");
        else lines.Add($"&= {Joined(Paths.Select(path => LatexText.Of(Show(path.Contribution))))}");
        lines.Add($"&= {Show(Gradient)}");
        return LatexText.Of(string.Join(LineBreak, lines)).Split(LineBreak);
    }

    private IEnumerable<string> Products(Func<PathFactor, string> factor) => Paths.Select(path => Product([.. Steps(path).Select(factor)]));

    private static string Product(List<string> factors) => string.Join(@" \cdot ", factors.DefaultIfEmpty("1"));

    // Each path of several has a line of its own, so that the formula stays on the page.
    private string Joined(IEnumerable<string> terms) => string.Join(LineBreak + @"&\quad + ", terms) + (PathCount > Paths.Length ? @" + \cdots" : "");

    private string Checks()
    {
        var paths = IsComplete
            ? $"sum of {Count(PathCount)}: {Show(Sum)}, which differs from back-propagation by {Gap(Sum)}"
            : $"{Count(PathCount)}: too many to walk; the rest is what the gradient has beyond the largest";
        if (Difference is not null) return $"{paths}\nby finite differences: {Differences()}";
        if (NormDifference is not { } slope) return paths;
        var norm = $"{paths}\nits norm ‖g‖ is {NumberText.Of(Norm)}; along it there is by finite differences";
        return _slopes[0].Kind == SlopeKind.Smooth ? $"{norm} the slope {NumberText.Of(slope)}" : $"{norm} {_slopes[0].Words(Norm)}";
    }

    /// <summary>What finite differences give, and how far it is from the gradient; where there is no slope to compare with, that is said instead.</summary>
    private string Differences()
    {
        if (Target.Shape.Rank == 0 && _slopes[0].Kind != SlopeKind.Smooth) return _slopes[0].Words(Gradient.Item());
        var gradients = Gradient.To(DType.Float64).ToArray<double>();
        var odd = _slopes.Index().Where(static pair => pair.Item.Kind != SlopeKind.Smooth).ToArray();
        var smooth = _slopes.Index().Where(static pair => pair.Item.Kind == SlopeKind.Smooth)
            .Select(pair => Math.Abs(pair.Item.Central - gradients[pair.Index])).ToArray();
        var text = $"{Show(Difference!)}, which differs by {GapText(smooth.DefaultIfEmpty(0).Max())}";
        if (odd.Length == 0) return text;
        var places = string.Join("; at ", odd.Take(MostKinks).Select(pair => $"{ElementName(pair.Index)} {pair.Item.Words(gradients[pair.Index])}"));
        var more = odd.Length > MostKinks ? $"; and {odd.Length - MostKinks} more" : "";
        return $"{text}{(smooth.Length > 0 ? " elsewhere than" : "")} at {places}{more}";
    }

    private string ElementName(int index)
    {
        var place = new int[Target.Shape.Rank];
        for (var axis = place.Length - 1; axis >= 0; axis--) (place[axis], index) = (index % Target.Shape[axis], index / Target.Shape[axis]);
        return $"{Target.Name}[{string.Join(", ", place)}]";
    }

    private string Gap(Tensor other) => GapText((other - Gradient).Abs().Max().Item());

    private static string GapText(double gap) => gap == 0 ? "0" : gap.ToString("0.0e+0", CultureInfo.InvariantCulture);

    private string Route(GraphPath path, string arrow) =>
        string.Join(arrow, Steps(path).Select(static step => step.Input.Name).Prepend(_graph.Nodes[path.Head].Name));

    private List<string> Fractions(GraphPath path) =>
        Seeded(path, [.. Steps(path).Select(static step => $"∂{step.Node.Name}/∂{step.Input.Name}")], $"g({_graph.Nodes[path.Head].Name})");

    private List<string> Symbols(GraphPath path) => Seeded(path, [.. Steps(path).Select(static step => step.Text)], $"g({_graph.Nodes[path.Head].Name})");

    /// <summary>How large the gradient is that is carried along, from the head on.</summary>
    private static string Carried(GraphPath path) => string.Join(" → ", path.Norms.Select(static norm => norm.ToString("G4", CultureInfo.InvariantCulture)));

    /// <summary>The factors as numbers; null where one is a tensor's.</summary>
    private List<string>? Numbers(GraphPath path) => Steps(path).Any(static step => step.Local.Number is null)
        ? null
        : Seeded(path, [.. Steps(path).Select(static step => Factor(NumberText.Of(step.Local.Number!.Value)))], NumberText.Of(_seeds[path.Head]));

    /// <summary>The gradient that the head was given is a factor of its own, unless it is 1.</summary>
    private List<string> Seeded(GraphPath path, List<string> factors, string seed)
    {
        if (_seeds[path.Head].ToArray<double>().Any(static value => value != 1)) factors.Insert(0, seed);
        return factors;
    }

    private IEnumerable<PathFactor> Steps(GraphPath path) => path.Steps.Select(step => new PathFactor(_graph, step));

    private static string Factor(string text) => PathFactor.Bracketed(text);

    private static string Show(Tensor tensor) => tensor.Rank == 0 ? NumberText.Of(tensor.Item(), "G10") : NumberText.Of(tensor);

    private static string Count(System.Numerics.BigInteger count) => count == 1 ? "1 path" : count.ToString("N0", CultureInfo.InvariantCulture) + " paths";

    /// <summary>A text as Markdown shows it, whatever is in it: no markup, no HTML, no link.</summary>
    private static string Escape(string text)
    {
        // What makes a link of a bare address (GFM, section 6.9) is parted by a space of no width.
        var plain = Address.Replace(PlainText.Of(text), static found => found.Value[..^1] + '\u200B' + found.Value[^1]);
        var markdown = new StringBuilder();
        foreach (var character in plain)
        {
            markdown.Append(character switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '|' or '*' or '_' or '[' or ']' or '`' or '\\' or '~' or '!' or '$' => @"\" + character,
                _ => character.ToString(),
            });
        }

        return markdown.ToString();
    }

    [GeneratedRegex(@"://|www\.|\w@\w", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address { get; }
}
