using System.Security;
using System.Text.RegularExpressions;

namespace Gradus.Graphs;

/// <summary>Names and formulas as elements of MathML Core, which browsers draw by themselves.</summary>
internal static partial class MathMlText
{
    private static readonly Dictionary<string, string> Greek = Pairs(
        "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ "
        + "psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω");

    /// <summary>
    /// A name: <c>x</c>; with an index, <c>w00</c>, <c>h_t</c>; a Greek letter, <c>theta</c>; a number, a list or matrix of numbers; else one upright word.
    /// </summary>
    /// <param name="name">As the user gave it.</param>
    /// <param name="attribute">What the element is marked with, from its leading space on.</param>
    public static string Name(string name, string attribute = "")
    {
        if (Number.IsMatch(name)) return Element("mn", Escape(name.Replace('-', '−')), attribute);
        if (name is ['-' or '−', .. { Length: > 0 } rest] && Greek.ContainsKey(rest)) return $"<mrow{attribute}><mo>−</mo>{Name(rest)}</mrow>";
        if (name is ['[', '[', not '[', .., ']', ']']) return Matrix(name, attribute);
        if (name is ['[', .., ']']) return $"<mrow{attribute}><mo>[</mo>{List(name[1..^1])}<mo>]</mo></mrow>";
        if (Split(name) is not { } parts) return Element("mi", Escape(Word(name)), attribute);
        var (letters, index) = parts;
        return $"<msub{attribute}>{Element("mi", Escape(Word(letters)))}{Element(char.IsAsciiDigit(index[0]) ? "mn" : "mi", Escape(Word(index)))}</msub>";
    }

    /// <summary>What stands in formulas for a node: it becomes the node's name.</summary>
    public static string Place(GraphNode node) => IsNegative(node) ? $@"\left(\node{{{node.Id}}}\right)" : $@"\node{{{node.Id}}}";

    /// <summary>Whether a node's name begins with a minus, so that it stands in brackets.</summary>
    public static bool IsNegative(GraphNode node) => node.Name is ['-' or '−', ..];

    /// <summary>A formula of LaTeX as MathML, each of its nodes marked by <c>data-node</c>, the gradient that arrives by <c>data-g</c>.</summary>
    public static string Marked(GraphModel graph, string latex) =>
        new LatexReader(latex, id => Name(graph.Nodes[id].Name, $" data-node=\"{id}\""), " data-g=\"\"").Read();

    /// <summary>A formula of LaTeX as MathML.</summary>
    public static string Plain(GraphModel graph, string latex) => new LatexReader(latex, id => Name(graph.Nodes[id].Name), "").Read();

    /// <summary>A table from words and what each stands for, in turn.</summary>
    public static Dictionary<string, string> Pairs(string text) => text.Split(' ').Chunk(2).ToDictionary(static pair => pair[0], static pair => pair[1]);

    /// <summary>A text in which nothing is markup.</summary>
    public static string Escape(string text) => SecurityElement.Escape(PlainText.Of(text));

    /// <summary>An element of text.</summary>
    public static string Element(string tag, string escaped, string attribute = "") => $"<{tag}{attribute}>{escaped}</{tag}>";

    /// <summary>A matrix of numbers as it was typed, <c>[[1, 2], [3, 4]]</c>.</summary>
    private static string Matrix(string name, string attribute)
    {
        var rows = name[2..^2].Split("], [")
            .Select(static row => Element("mtr", string.Concat(row.Split(", ").Select(static cell => Element("mtd", Name(cell))))));
        return $"<mrow{attribute}><mo>[</mo><mtable>{string.Concat(rows)}</mtable><mo>]</mo></mrow>";
    }

    private static string List(string items) => string.Join("<mo>,</mo>", items.Split(", ").Select(static item => Name(item)));

    /// <summary>Letters and the digits after them; or one letter, or a Greek one, and what follows below a line.</summary>
    private static (string Letters, string Index)? Split(string name)
    {
        var letters = name.TakeWhile(char.IsLetter).Count();
        var index = letters < name.Length && name[letters] == '_' ? name[(letters + 1)..] : name[letters..];
        if (letters == 0 || index.Length == 0) return null;
        var isNumber = index.All(char.IsAsciiDigit);
        var isLetter = letters == 1 || Greek.ContainsKey(name[..letters]);
        return isNumber || (isLetter && name[letters] == '_') ? (name[..letters], index) : null;
    }

    private static string Word(string word) => Greek.GetValueOrDefault(word, word);

    [GeneratedRegex(@"^[-−]?(\d+\.?\d*|\.\d+)([eE][-+−]?\d+)?$")]
    private static partial Regex Number { get; }
}
