using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Formats;
using Gradus.Graphs;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus attribute</c>: which numbers of a sample mattered for what a saved model says of it.</summary>
internal static class AttributeCommand
{
    private static readonly Argument<string> Model = CommandOptions.Model();
    private static readonly Argument<string> Data = CommandOptions.Data();
    private static readonly Option<string?> DataDirectory = CommandOptions.DataDirectory();
    private static readonly Option<string?> Query = CommandOptions.Query();

    private static readonly Option<int?> Sample = CommandOptions.Whole(
        "--sample", "Which sample: its number among the test samples, from 0; of a table, the line of the file. Default: the first.", 0);

    private static readonly Option<string?> Class = new("--class")
    {
        Description = "The class whose score is explained. Default: the one that the model says.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Method = Words();
    private static readonly Option<int?> Seed = CommandOptions.Whole("--seed", "The seed of SmoothGrad's noise. Default: 0.", 0);
    private static readonly Option<int?> Threads = CommandOptions.Threads();

    private static readonly Option<string?> Svg = new("--svg")
    {
        Description = "Draw the sample and a heat map for each method; for pictures only.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("attribute", "Show which pixels, columns or words of a sample mattered for what a saved model says of it.")
        {
            Model, Data, DataDirectory, Query, Sample, Class, Method, Seed, Threads, Svg, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var source = CommandOptions.ReadSource(parsed.GetRequiredValue(Data), parsed.GetValue(DataDirectory), parsed.GetValue(Query));
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var model = CommandOptions.ReadModel(parsed.GetRequiredValue(Model));
        var file = parsed.GetValue(Svg);
        var isPicture = model.Record.InputShape is [1 or 3, _, _];
        if (file is not null && !isPicture)
        {
            throw new UsageException(
                $"--svg: the samples of this model are [{string.Join(",", model.Record.InputShape)}]; " +
                "only pictures, [1 or 3, height, width], are drawn. Leave it out for a table.");
        }

        var sample = ExplainedSample.Of(model, source.RowName, Find(model, source, parsed.GetValue(Sample)), parsed.GetValue(Class));
        var word = parsed.GetValue(Method) ?? AttributionMethods.All;
        if (word != AttributionMethods.All && AttributionMethods.WhyNot(word, model) is { } why) throw new UsageException($"--method: {why}");
        SampleAttribution[] answers = [.. AttributionMethods.Words
            .Where(other => word == other || (word == AttributionMethods.All && AttributionMethods.WhyNot(other, model) is null))
            .Select(other => AttributionMethods.Ask(other, model, sample.Input, sample.Output, parsed.GetValue(Seed) ?? 0))];
        if (parsed.GetValue(Json)) Console.Out.WriteLine(AttributionOutput.Json(sample, answers));
        else AttributionOutput.Print(sample, answers);
        if (file is null) return 0;
        var maps = answers.Select(static answer => new HeatMap(answer.Title, answer.Values) { Note = answer.Note });
        AtomicFile.WriteText(file, HeatMapWriter.Write(sample.Title, sample.Input[0], [.. maps]));
        return 0;
    }

    /// <summary>The data with the sample's row in it, and what the row is called: its number, or its line in the file.</summary>
    private static (Dataset Data, int Row, int Number) Find(TrainedModel model, DataSource source, int? number)
    {
        if (source.IsTable)
        {
            var table = model.LoadTable(source, withTarget: false);
            if (table.Lines.Count == 0) throw new GradusException($"{source.Path}: there is no row to explain.");
            var line = number ?? table.Lines[0];
            var row = table.Lines.ToList().IndexOf(line);
            return row >= 0 ? (table.Data, row, line)
                : throw new UsageException(
                    $"--sample: {source.RowName} {line} of {source.Path} is none, or was left out; " +
                    $"its rows lie between {source.RowName}s {table.Lines[0]} and {table.Lines[^1]}.");
        }

        var data = model.LoadSplit(source).Test;
        if (data.IsText)
        {
            throw new GradusException(
                $"attribute: {data.Name} is a text; a gradient by its characters does not exist. Tables, sequences and pictures can be explained.");
        }

        if (data.Count == 0) throw new GradusException($"attribute: {data.Name} has no test samples: the model was trained with --test 0.");
        var index = number ?? 0;
        return index < data.Count
            ? (data, index, index)
            : throw new UsageException($"--sample: {index} is no test sample of {data.Name}; there are {data.Count}, from 0 to {data.Count - 1}.");
    }

    private static Option<string?> Words()
    {
        string[] words = [AttributionMethods.All, .. AttributionMethods.Words];
        var option = new Option<string?>("--method")
        {
            Description = $"How it is found out: {string.Join(", ", words[1..])}, or all that apply to the model. Default: all.",
            HelpName = "METHOD",
        };
        option.Validators.Add(result =>
        {
            var word = result.Tokens[0].Value;
            if (!words.Contains(word)) result.AddError($"--method: '{PlainText.Quote(word)}' is not one of {string.Join(", ", words)}.");
        });
        return option;
    }
}
