using System.Globalization;
using System.Text;

namespace Gradus.Graphs;

/// <summary>What a node is computed by, and its derivatives, as LaTeX in which <c>\node{3}</c> stands for the node 3.</summary>
internal static class FormulaLatex
{
    // Stands for an input while the text of an operation is put together; no name has it.
    private const char Mark = '\uE000';
    private const int MostMarks = 0x1000;

    /// <summary>The right-hand side of a node's formula; null for what is not computed.</summary>
    public static string? Of(GraphModel graph, GraphNode node)
    {
        if (node.Kind != GraphNodeKind.Operation) return null;
        string[] inputs = [.. node.Inputs.Select(input => MathMlText.Place(graph.Nodes[input]))];
        if (node.Definition is not { } definition || node.Arguments.Length > 0) return Call(node, Bare(graph, node));
        if (definition.Infix is { } infix) return inputs.Length == 2 ? Between(infix, inputs, IsOfTensors(graph, node)) : $"-{inputs[0]}";
        if (Known(definition.Name.ToLowerInvariant(), inputs, Bare(graph, node), node.Axis) is { } known) return known;
        return definition.Form is not null && inputs.Length < MostMarks ? Formed(definition, Bare(graph, node)) : Call(node, Bare(graph, node));
    }

    /// <summary>A derivative's template with the nodes of a use.</summary>
    public static string Fill(GraphModel graph, GraphNode node, int input, string template)
    {
        // In brackets only beside something else.
        string[] inputs = template is "{x}" or "{y}" ? Bare(graph, node) : [.. node.Inputs.Select(id => MathMlText.Place(graph.Nodes[id]))];
        return Operation.Fill(template, inputs, $@"\node{{{node.Id}}}", input);
    }

    private static string[] Bare(GraphModel graph, GraphNode node) => [.. node.Inputs.Select(static input => $@"\node{{{input}}}")];

    private static bool IsOfTensors(GraphModel graph, GraphNode node) => node.Inputs.All(input => graph.Nodes[input].Shape.Rank > 0);

    private static string Between(string infix, string[] x, bool isOfTensors) => infix switch
    {
        "*" => $@"{x[0]} {(isOfTensors ? @"\odot" : @"\cdot")} {x[1]}",
        "/" => $@"\frac{{{Unbracketed(x[0])}}}{{{Unbracketed(x[1])}}}",
        "**" => $"{x[0]}^{{{Unbracketed(x[1])}}}",
        "@" => $"{x[0]} {x[1]}",
        "//" => $@"\left\lfloor \frac{{{Unbracketed(x[0])}}}{{{Unbracketed(x[1])}}}\right\rfloor",
        "%" => $@"{x[0]} \bmod {x[1]}",
        "<=" => $@"{x[0]} \le {x[1]}",
        ">=" => $@"{x[0]} \ge {x[1]}",
        "==" => $"{x[0]} = {x[1]}",
        "!=" => $@"{x[0]} \ne {x[1]}",
        _ => $"{x[0]} {infix} {x[1]}",
    };

    /// <summary>Operations that textbooks write in a way of their own; null for the others, which are calls.</summary>
    /// <param name="name">The operation's name in small letters.</param>
    /// <param name="x">Its inputs, those with a minus in brackets.</param>
    /// <param name="bare">Its inputs, none in brackets.</param>
    /// <param name="axis">The axis it works along, if it was given one.</param>
    private static string? Known(string name, string[] x, string[] bare, int? axis)
    {
        var along = axis is { } known ? $"_{{{known.ToString(CultureInfo.InvariantCulture)}}}" : "";
        return (name, x.Length) switch
        {
            ("exp", 1) => $"e^{{{bare[0]}}}",
            ("expm1", 1) => $"e^{{{bare[0]}}} - 1",
            ("log1p", 1) => $@"\operatorname{{log}}(1 + {x[0]})",
            ("log2", 1) => $@"\operatorname{{log}}_2({bare[0]})",
            ("log10", 1) => $@"\operatorname{{log}}_{{10}}({bare[0]})",
            ("sqrt", 1) => $@"\sqrt{{{bare[0]}}}",
            ("square", 1) => $"{x[0]}^2",
            ("abs", 1) => $@"\left|{bare[0]}\right|",
            ("floor", 1) => $@"\left\lfloor {bare[0]}\right\rfloor",
            ("norm", 1) => $@"\left\Vert {bare[0]}\right\Vert{along}",
            ("sum", 1) => $@"\textstyle\sum{along} {x[0]}",
            ("prod", 1) => $@"\textstyle\prod{along} {x[0]}",
            ("sigmoid", 1) => $@"\sigma({bare[0]})",
            ("transpose", 1) => $@"{x[0]}^\top",
            ("matmul", 2) => $"{x[0]} {x[1]}",
            ("pow", 2) => $"{x[0]}^{{{bare[1]}}}",
            ("linear", 2) => $@"{x[0]} {x[1]}^\top",
            ("linear", 3) => $@"{x[0]} {x[1]}^\top + {x[2]}",
            ("stack", _) => $@"\left[{string.Join(", ", bare)}\right]",
            (Derivative.Name, > 1) => $@"\frac{{\partial {bare[0]}}}{{\partial {bare[1]}}}",
            _ => null,
        };
    }

    private static string Unbracketed(string place) =>
        place.StartsWith(@"\left(", StringComparison.Ordinal) ? place[@"\left(".Length..^@"\right)".Length] : place;

    /// <summary><c>softmax(x, 1)</c>.</summary>
    private static string Call(GraphNode node, string[] inputs)
    {
        var name = node.Folded?.Name ?? node.Definition?.Name ?? node.Operation;
        string?[] arguments = [node.Axis?.ToString(CultureInfo.InvariantCulture), .. node.Arguments.Select(static argument => $@"\text{{{Raw(argument)}}}")];
        return $@"\operatorname{{{Raw(name)}}}({string.Join(", ", [.. inputs, .. arguments.OfType<string>()])})";
    }

    /// <summary>What is written in a form of its own: <c>x[1:]</c>, <c>reshape(x, 3, 2)</c>.</summary>
    private static string Formed(Operation operation, string[] inputs)
    {
        var text = operation.Form!([.. inputs.Select(static (_, index) => ((char)(Mark + index)).ToString())]);
        var latex = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] >= Mark && text[at] < Mark + inputs.Length)
            {
                latex.Append(inputs[text[at] - Mark]);
            }
            else if (char.IsAsciiLetter(text[at]))
            {
                var from = at;
                while (at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at + 1])) at++;
                latex.Append($@"\operatorname{{{text[from..(at + 1)]}}}");
            }
            else
            {
                latex.Append(text[at]);
            }
        }

        return latex.ToString();
    }

    private static string Raw(string text) => text.Replace(@"\", @"\\").Replace("{", @"\{").Replace("}", @"\}");
}
