using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Graphs;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus graph</c>: an expression evaluated and differentiated, as a table, JSON or a picture.</summary>
internal static class GraphCommand
{
    private static readonly Argument<string> Text = new("EXPRESSION")
    {
        Description = "Arithmetic with Python's precedence: + - * / // % ** @, functions such as exp(x), matrices such as [[1,2],[3,4]], assignments separated by ';'.",
    };

    private static readonly Option<string[]> At = new("--at") { Description = "The values of the variables. A value is a number or a list in brackets.", HelpName = "NAME=VALUE,…" };
    private static readonly Option<string[]> Head = new("--head") { Description = "Where back-propagation starts, and with which gradient. Default: each assigned value that nothing else uses, with 1.", HelpName = "NAME=GRADIENT,…" };
    private static readonly Option<string?> Explain = new("--explain") { Description = "Write the chain rule out: each path from the output to this value, and what it contributes.", HelpName = "NAME" };
    private static readonly Option<string?> Svg = File("--svg", "Draw the graph: values above the lines, gradients below.");
    private static readonly Option<string?> Png = File("--png", "The same drawing as pixels, through chromium, chrome or edge where one is installed.");
    private static readonly Option<string?> Html = File("--html", "Write a page to step through, forward and backward; to nudge inputs, open operations and fold modules.");
    private static readonly Option<string?> Dot = File("--dot", "Write the graph for Graphviz.");
    private static readonly Option<string?> Mermaid = File("--mermaid", "Write the graph for Mermaid.");
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("graph", "Show forward and backward propagation through an expression.") { Text, At, Head, Explain, Svg, Png, Html, Dot, Mermaid, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var expression = Expression.Parse(parsed.GetRequiredValue(Text));
        var values = Values(parsed, At);
        if (values.Keys.FirstOrDefault(name => !expression.Variables.Contains(name)) is { } stray && expression.Variables.All(values.ContainsKey))
        {
            throw new UsageException($"--at: '{stray}' is not in the expression. Its variables are: {string.Join(", ", expression.Variables)}.");
        }

        var graph = expression.Evaluate(values, Values(parsed, Head));
        if (parsed.GetValue(Json)) Console.Out.WriteLine(JsonWriter.Write(graph));
        else if (parsed.GetValue(Explain) is { } name) Console.Out.Write(graph.Explain(name).ToText());
        else GraphTable.Print(graph);
        Write(parsed, Svg, SvgWriter.Write, graph);
        if (parsed.GetValue(Png) is { } png) BrowserPicture.Write(SvgWriter.Write(graph), png);
        Write(parsed, Html, HtmlWriter.Write, graph);
        Write(parsed, Dot, DotWriter.Write, graph);
        Write(parsed, Mermaid, MermaidWriter.Write, graph);
        return 0;
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static void Write(ParseResult parsed, Option<string?> option, Func<GraphModel, string> draw, GraphModel graph)
    {
        if (parsed.GetValue(option) is { } file) System.IO.File.WriteAllText(file, draw(graph));
    }

    private static Dictionary<string, Tensor> Values(ParseResult parsed, Option<string[]> option)
    {
        var values = new Dictionary<string, Tensor>();
        foreach (var text in parsed.GetValue(option) ?? [])
        {
            foreach (var (name, value) in Expression.ParseValues(text))
            {
                if (!values.TryAdd(name, value)) throw new UsageException($"{option.Name}: '{name}' is given twice.");
            }
        }

        return values;
    }
}
