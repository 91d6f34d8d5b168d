using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Graphs;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus graph</c>: an expression, or a trained network at one sample, evaluated and differentiated, as a table, JSON or a picture.</summary>
internal static class GraphCommand
{
    private static readonly Argument<string> Text = new("EXPRESSION")
    {
        Description = "Arithmetic with Python's precedence: + - * / // % ** @ < ==, functions such as exp(x), matrices such as [[1,2],[3,4]], " +
            "elements such as x[0], assignments separated by ';'. With --data, a model file that `gradus train` wrote.",
    };

    private static readonly Option<string[]> At = new("--at")
    {
        Description = "The values of the variables. A value is a number or a list in brackets.",
        HelpName = "NAME=VALUE,…",
    };

    private static readonly Option<string[]> Head = new("--head")
    {
        Description = "Where back-propagation starts, and with which gradient. Default: each assigned value that nothing else uses, with 1.",
        HelpName = "NAME=GRADIENT,…",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = $"Show a network: what to take the sample from. {CommandOptions.DataDescription}",
        HelpName = "DATA",
    };

    private static readonly Option<string?> DataDirectory = CommandOptions.DataDirectory();
    private static readonly Option<string?> Query = CommandOptions.Query();

    private static readonly Option<int?> SampleNumber = CommandOptions.Whole(
        "--sample", "Which sample of the data, as `gradus predict` counts them: from 0 on, or the line of a table. Default: the first.", 0);

    private static readonly Option<string[]> Open = new("--open")
    {
        Description = "Modules of the network to draw open; all opens every one. The others are one node each.",
        HelpName = "MODULE,…",
    };

    private static readonly Option<string?> Explain = new("--explain")
    {
        Description = "Write the chain rule out: each path from the output to this value, and what it contributes.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Svg = File("--svg", "Draw the graph: values above the lines, gradients below.");
    private static readonly Option<string?> Png = File("--png", "The same drawing as pixels, through chromium, chrome or edge where one is installed.");

    private static readonly Option<string?> Html = File(
        "--html", "Write a page to step through, forward and backward; to nudge inputs, open operations and fold modules.");

    private static readonly Option<GraphLayout?> Layout = CommandOptions.Choice(
        "--layout", "Which way the pictures of --svg, --png and --html go; wrapped breaks them into rows. Default: left-to-right.",
        ("left-to-right", GraphLayout.LeftToRight), ("top-down", GraphLayout.TopDown), ("wrapped", GraphLayout.Wrapped));

    private static readonly Option<int?> Width = CommandOptions.Whole("--width", "Of --layout wrapped how wide a picture is, in pixels. Default: 1200.", 200);

    private static readonly Option<PageLanguage?> Language = CommandOptions.Choice(
        "--language", "What the page of --html speaks. Default: en.", ("en", PageLanguage.English), ("zh", PageLanguage.Chinese));

    private static readonly Option<string?> Dot = File("--dot", "Write the graph for Graphviz.");
    private static readonly Option<string?> Mermaid = File("--mermaid", "Write the graph for Mermaid.");
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("graph", "Show forward and backward propagation through an expression, or through a trained network.")
        {
            Text, At, Head, Data, DataDirectory, Query, SampleNumber, Open, Explain, Svg, Png, Html, Layout, Width, Language, Dot, Mermaid, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var layout = parsed.GetValue(Layout) ?? GraphLayout.LeftToRight;
        if (parsed.GetResult(Width) is not null && layout != GraphLayout.Wrapped) throw new UsageException("--width is for --layout wrapped.");
        var width = parsed.GetValue(Width) ?? 1200;
        var whole = parsed.GetValue(Data) is { } data ? Network(parsed, data) : Evaluate(parsed);
        var graph = Folded(parsed, whole);
        if (parsed.GetValue(Json)) Console.Out.WriteLine(JsonWriter.Write(graph));
        else if (parsed.GetValue(Explain) is { } name) Console.Out.Write(PlainText.OfLines(graph.Explain(name).ToText()));
        else GraphTable.Print(graph);
        Write(parsed, Svg, Draw, graph);
        if (parsed.GetValue(Png) is { } png) BrowserPicture.Write(Draw(graph), png);
        // The page folds and opens modules by itself.
        Write(parsed, Html, model => HtmlWriter.Write(model, layout, width, parsed.GetValue(Language) ?? PageLanguage.English), whole);
        Write(parsed, Dot, DotWriter.Write, graph);
        Write(parsed, Mermaid, MermaidWriter.Write, graph);
        return 0;

        string Draw(GraphModel model) => SvgWriter.Write(model, layout, width);
    }

    private static GraphModel Evaluate(ParseResult parsed)
    {
        var text = parsed.GetRequiredValue(Text);
        if (text.EndsWith(".safetensors", StringComparison.Ordinal))
        {
            throw new UsageException($"graph: '{PlainText.Quote(text)}' is a model; say with --data which data to take a sample from.");
        }

        foreach (var option in (ReadOnlySpan<Option>)[DataDirectory, Query, SampleNumber, Open])
        {
            if (parsed.GetResult(option) is not null) throw new UsageException($"{option.Name} is for networks: it needs a model and --data.");
        }

        var expression = Expression.Parse(text);
        var values = Values(parsed, At);
        if (values.Keys.FirstOrDefault(name => !expression.Variables.Contains(name)) is { } stray && expression.Variables.All(values.ContainsKey))
        {
            var there = expression.Variables.Count == 0 ? "It has no variables." : $"Its variables are: {PlainText.QuoteAll(expression.Variables, 100)}.";
            throw new UsageException($"--at: '{PlainText.Quote(stray)}' is not in the expression. {there}");
        }

        return expression.Evaluate(values, Values(parsed, Head));
    }

    private static GraphModel Network(ParseResult parsed, string data)
    {
        foreach (var option in (ReadOnlySpan<Option>)[At, Head])
        {
            if (parsed.GetResult(option) is not null) throw new UsageException($"{option.Name} is for expressions; a network takes its values from --data.");
        }

        var source = CommandOptions.ReadSource(data, parsed.GetValue(DataDirectory), parsed.GetValue(Query));
        return NetworkGraph.Of(parsed.GetRequiredValue(Text), source, parsed.GetValue(SampleNumber));
    }

    /// <summary>The graph with its modules folded, but for those that are to be drawn open.</summary>
    private static GraphModel Folded(ParseResult parsed, GraphModel graph)
    {
        if (graph.Groups.IsEmpty) return graph;
        string[] open = [.. (parsed.GetValue(Open) ?? []).SelectMany(static names => names.Split(','))];
        if (open.Contains("all")) return graph;
        if (open.FirstOrDefault(name => graph.Groups.All(group => group.Name != name)) is { } stray)
        {
            var names = PlainText.QuoteAll(graph.Groups.Select(static group => group.Name), 100);
            throw new UsageException($"--open: there is no module '{PlainText.Quote(stray)}'. There are: {names}.");
        }

        return open.Length == 0 ? graph.Fold() : graph.FoldExcept([.. open]);
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static void Write(ParseResult parsed, Option<string?> option, Func<GraphModel, string> draw, GraphModel graph)
    {
        if (parsed.GetValue(option) is not { } file) return;
        if (file.Length == 0) throw new UsageException($"{option.Name}: the file's name is empty.");
        AtomicFile.WriteText(file, draw(graph));
    }

    private static Dictionary<string, Tensor> Values(ParseResult parsed, Option<string[]> option)
    {
        var values = new Dictionary<string, Tensor>();
        foreach (var text in parsed.GetValue(option) ?? [])
        {
            foreach (var (name, value) in Expression.ParseValues(text))
            {
                if (!values.TryAdd(name, value)) throw new UsageException($"{option.Name}: '{PlainText.Quote(name)}' is given twice.");
            }
        }

        return values;
    }
}
