using Gradus.Graphs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gradus.Cli.Output;

/// <summary>A graph as a table: each node with its operation, value, gradient and local derivatives; where that is too wide, as a list of them.</summary>
internal static class GraphTable
{
    public static void Print(GraphModel graph)
    {
        var nodes = graph.Nodes.Where(static node => node.Kind != GraphNodeKind.Constant).ToArray();
        var table = new Table().Border(TableBorder.Simple).AddColumn("name").AddColumn("operation").AddColumn(new TableColumn("value").RightAligned())
            .AddColumn(new TableColumn("gradient").RightAligned()).AddColumn("local derivatives");
        foreach (var node in nodes) table.AddRow(Name(graph, node), Operation(node), Value(node), Gradient(node), Locals(graph, node));
        var width = ((IRenderable)table).Measure(RenderOptions.Create(AnsiConsole.Console), int.MaxValue).Max;
        if (width <= AnsiConsole.Profile.Width) AnsiConsole.Write(table);
        else foreach (var node in nodes) PrintBelow(graph, node);
    }

    // One below the other there is room for long names and formulas: lines break between words.
    private static void PrintBelow(GraphModel graph, GraphNode node)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn(new GridColumn().Padding(0, 0));
        (string Label, string Text)[] rows =
        [
            ("operation", Operation(node)), ("value", Value(node)), ("gradient", Gradient(node)), ("local", Locals(graph, node)),
        ];
        foreach (var (label, text) in rows.Where(static row => row.Text.Length > 0)) grid.AddRow(label, text);
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine(Name(graph, node));
        AnsiConsole.Write(grid);
    }

    private static string Name(GraphModel graph, GraphNode node) => Cell(node.Name) + (graph.Outputs.Contains(node.Id) ? " ←" : "");

    private static string Operation(GraphNode node) => Cell(node.Folded?.Title ?? (node.Kind == GraphNodeKind.Operation ? node.Formula : node.Operation));

    private static string Value(GraphNode node) => Colored(node.Value, "blue");

    private static string Gradient(GraphNode node) => Colored(node.Gradient, "red");

    private static string Locals(GraphModel graph, GraphNode node) => Cell(string.Join('\n', node.Local
        .Select((derivative, index) => (Input: graph.Nodes[node.Inputs[index]], derivative))
        .Where(static pair => pair.Input.Kind != GraphNodeKind.Constant)
        .Select(static pair => Local(pair.Input, pair.derivative))));

    private static string Cell(string text) => Markup.Escape(PlainText.OfLines(text));

    private static string Local(GraphNode input, LocalDerivative local)
    {
        if (local.Number is not { } number) return $"to {input.Name}: {local.Rule}";
        var value = local.Symbol is "0" or "1" or "-1" ? "" : FormattableString.Invariant($" = {NumberText.Unsigned(number):G6}");
        return $"∂/∂{input.Name} = {local.Symbol}{value}";
    }

    // Ten digits: 2.2 rather than 2.2000000000000002. Colors are for a terminal only.
    private static string Colored(Tensor? tensor, string color)
    {
        if (tensor is null) return "";
        // Of a larger tensor its range.
        var text = Markup.Escape(tensor.Count > 16 ? NumberText.Of(tensor)
            : tensor.Rank == 0 ? FormattableString.Invariant($"{NumberText.Unsigned(tensor.Item()):G10}")
            : Elements(tensor));
        return Console.IsOutputRedirected ? text : $"[{color}]{text}[/]";
    }

    // Without the first line, which says the type; a 0 is added so that −0 is 0.
    private static string Elements(Tensor tensor)
    {
        var text = (tensor + 0).ToString();
        return text[(text.IndexOf('\n') + 1)..];
    }
}
