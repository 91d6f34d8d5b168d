using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Graphs;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus at</c>: any past step of a recorded run, made again: its loss, weights and gradients, its graph.</summary>
internal static class AtCommand
{
    private static readonly Argument<string> Run = CommandOptions.Run();

    private static readonly Argument<long> Step = new("STEP")
    {
        Description = "The step, from 1, as events.jsonl counts them.",
        CustomParser = static result =>
        {
            var word = result.Tokens[0].Value;
            if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step > 0) return step;
            result.AddError($"STEP: '{PlainText.Quote(word)}' is not a whole number from 1 on.");
            return 0;
        },
    };

    private static readonly Option<bool> Graph = new("--graph")
    {
        Description = "Print the graph of the step's loss: each operation with value, gradient and local derivatives.",
    };

    private static readonly Option<bool> Doctor = new("--doctor") { Description = "Examine the network as it was before the step." };

    private static readonly Option<string?> Html = new("--html")
    {
        Description = "Write the graph as a page to step through, forward and backward.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Weights = new("--weights")
    {
        Description = "Write the model as it was after the step, for `gradus evaluate` and the others.",
        HelpName = "FILE",
    };

    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("at", "Make any past step of a run again: its loss, gradients, graph.")
        {
            Run, Step, Graph, Doctor, Html, Weights, Threads, Json,
        };
        command.SetAction(Look);
        return command;
    }

    private static int Look(ParseResult parsed)
    {
        var clock = Stopwatch.StartNew();
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var (record, step) = (RunsCommand.Open(parsed.GetRequiredValue(Run)), parsed.GetValue(Step));
        if (step > record.LastStep)
        {
            throw new UsageException(record.LastStep == 0 ? $"at: {record.Name} has made no step yet."
                : FormattableString.Invariant($"at: {record.Name} made the steps 1 to {record.LastStep}, not {step}."));
        }

        var prepared = TrainCommand.PrepareAgain(record.Directory);
        using var past = new PastRun(record.Directory, prepared.Trainer);
        var wantsGraph = parsed.GetValue(Graph) || parsed.GetValue(Html) is not null;
        GraphModel? graph = null;
        StepInsight? inside = null;
        StepFigures? figures = null;
        StepDone done;
        using (var recording = wantsGraph ? new GraphRecording() : null)
        {
            done = past.At(step - 1).LookInto(seen =>
            {
                // A step that goes back several times, or in parts, is shown by its first pass.
                if (inside is not null) return;
                (inside, figures) = (seen, StepFigures.Of(seen.Network));
                if (wantsGraph) graph = seen.Loss.Named("loss").Graph();
            });
        }

        var seconds = clock.Elapsed.TotalSeconds;
        var told = past.Record.ReadLoss(step);
        if (parsed.GetValue(Json)) Console.Out.WriteLine(Line(done, told, inside!, figures!));
        else Print(done, told, inside!, figures!, past, seconds);
        if (parsed.GetValue(Graph) && parsed.GetValue(Json)) Console.Out.WriteLine(JsonWriter.Write(graph!.Fold()));
        else if (parsed.GetValue(Graph)) GraphTable.Print(graph!.Fold());
        if (parsed.GetValue(Html) is { } page) AtomicFile.WriteText(page, HtmlWriter.Write(graph!));
        if (parsed.GetValue(Doctor))
        {
            past.At(step - 1);
            Tell(prepared.Trainer.Examine(), parsed.GetValue(Json));
        }

        if (parsed.GetValue(Weights) is { } file)
        {
            past.At(step);
            prepared.Model.Save(file);
        }

        return 0;
    }

    private static void Print(StepDone done, double told, StepInsight inside, StepFigures figures, PastRun past, double seconds)
    {
        var before = past.Checkpoints.LastOrDefault(saved => saved < done.Step);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"step {done.Step} of {past.Record.Steps}: epoch {done.Epoch}, {inside.Rows.Count} samples, learning rate {done.LearningRate:G6}"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss {done.Loss:R}, ") + (told.Equals(done.Loss) ? "as recorded, to the bit"
            : string.Create(CultureInfo.InvariantCulture, $"but {told:R} is recorded: the data, the options or the weights are not those of the run")));
        Console.Out.Write(PlainText.OfLines(figures.ToText()));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"made again from {(before == 0 ? "the start" : $"the checkpoint after step {before}")} in {seconds:0.0} s"));
    }

    private static string Line(StepDone done, double told, StepInsight inside, StepFigures figures) => JsonLine.Of(json =>
    {
        json.WriteNumber("step", done.Step);
        JsonLine.Real(json, "loss", done.Loss);
        JsonLine.Real(json, "recorded_loss", told);
        json.WriteNumber("epoch", done.Epoch);
        json.WriteNumber("lr", done.LearningRate);
        json.WriteStartArray("rows");
        foreach (var row in inside.Rows) json.WriteNumberValue(row);
        json.WriteEndArray();
        figures.Write(json);
    });

    private static void Tell(Examination examination, bool isJson)
    {
        if (isJson) Console.Out.WriteLine(JsonLine.Of(json => ExaminationJson.Write(json, examination)));
        else Console.Out.Write(PlainText.OfLines(examination.ToString()));
    }
}
