using Gradus.Graphs;
using Spectre.Console;

namespace Gradus.Cli.Output;

/// <summary>A graph as a table: each node with its operation, value, gradient and local derivatives.</summary>
internal static class GraphTable
{
    public static void Print(GraphModel graph)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("name").AddColumn("operation").AddColumn(new TableColumn("value").RightAligned())
            .AddColumn(new TableColumn("gradient").RightAligned()).AddColumn("local derivatives");
        foreach (var node in graph.Nodes.Where(static node => node.Kind != GraphNodeKind.Constant))
        {
            var local = node.Local.Select((derivative, index) => (Input: graph.Nodes[node.Inputs[index]], derivative))
                .Where(static pair => pair.Input.Kind != GraphNodeKind.Constant);
            table.AddRow(
                Cell(node.Name) + (graph.Outputs.Contains(node.Id) ? " ←" : ""),
                Cell(node.Folded?.Title ?? (node.Kind == GraphNodeKind.Operation ? node.Formula : node.Operation)),
                Colored(node.Value, "blue"),
                Colored(node.Gradient, "red"),
                Cell(string.Join('\n', local.Select(static pair => Local(pair.Input, pair.derivative)))));
        }

        AnsiConsole.Write(table);
    }

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
