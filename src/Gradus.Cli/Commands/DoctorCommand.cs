using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Graphs;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus doctor</c>: how values and gradients flow through a saved model, and what is wrong with it.</summary>
internal static class DoctorCommand
{
    private static readonly Argument<string> Model = CommandOptions.Model();

    private static readonly Option<string> Data = new("--data")
    {
        Description = $"What to examine it on, by the loss of its task. {CommandOptions.DataDescription}",
        HelpName = "DATA",
        Required = true,
    };

    private static readonly Option<string?> DataDirectory = CommandOptions.DataDirectory();
    private static readonly Option<string?> Query = CommandOptions.Query();

    private static readonly Option<int?> BatchSize = CommandOptions.Whole(
        "--batch-size", "Samples to examine it on, spread evenly over the training data. Default: 128.", 1);

    private static readonly Option<OptimizerKind?> Optimizer = CommandOptions.Choice(
        "--optimizer", "Whose first step the updates are. Default: adamw.",
        ("sgd", OptimizerKind.Sgd), ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW));

    private static readonly Option<double?> LearningRate = CommandOptions.Real("--lr", "Its learning rate. Default: 0.001, or 0.1 with sgd.", 0);

    private static readonly Option<double?> WeightDecay = CommandOptions.Real(
        "--weight-decay", "Its weight decay. Default: 0, or 0.01 where --optimizer says adamw.", 0);

    private static readonly Option<bool> Strict = new("--strict") { Description = "End with exit code 3 if an illness is found." };

    private static readonly Option<string?> Svg = new("--svg")
    {
        Description = "Draw what each layer gives and the gradient that reaches it, on a logarithmic scale.",
        HelpName = "FILE",
    };

    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("doctor", "Examine a saved model: vanishing gradients, dead units and more.")
        {
            Model, Data, DataDirectory, Query, BatchSize, Optimizer, LearningRate, WeightDecay, Strict, Svg, Threads, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var source = CommandOptions.ReadSource(parsed.GetRequiredValue(Data), parsed.GetValue(DataDirectory), parsed.GetValue(Query));
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var model = CommandOptions.ReadModel(parsed.GetRequiredValue(Model));
        // All rows of a table: a small one need not be split.
        var data = source.IsTable ? model.LoadTable(source, withTarget: true).Data : model.LoadSplit(source).Train;
        var examination = Checkup.Of(model.Network, data, CreateOptimizer(parsed, model.Network), parsed.GetValue(BatchSize) ?? 128);
        if (parsed.GetValue(Json)) Console.Out.WriteLine(JsonLine.Of(json => ExaminationJson.Write(json, examination)));
        else Console.Out.Write(PlainText.OfLines(examination.ToString()));
        if (parsed.GetValue(Svg) is { } file)
        {
            var bars = examination.Layers.Select(layer => Bar(layer, examination));
            AtomicFile.WriteText(file, FlowWriter.Write($"{model.Record.Model} on {data.Name}", [.. bars]));
        }

        return parsed.GetValue(Strict) && !examination.IsHealthy ? Failure.Ill : 0;
    }

    private static Optimizer CreateOptimizer(ParseResult parsed, Module network)
    {
        var kind = parsed.GetValue(Optimizer);
        return new TrainingOptions
        {
            Optimizer = kind ?? OptimizerKind.AdamW,
            LearningRate = parsed.GetValue(LearningRate),
            // Nobody said that the model is trained with weight decay, so nobody is advised about it.
            WeightDecay = parsed.GetValue(WeightDecay) ?? (kind is null ? 0 : null),
            // As most optimizers decay unless told otherwise: on all parameters.
            DecayBiasesAndNorms = true,
        }.CreateOptimizer(network.Parameters());
    }

    private static FlowBar Bar(LayerFlow layer, Examination examination)
    {
        var label = $"{layer.Path} {layer.Type}".Trim();
        var found = examination.Findings.Where(finding => finding.Severity == Severity.Illness && (finding.Path, finding.Type) == (layer.Path, layer.Type))
            .Select(static finding => finding.Name);
        return new FlowBar(label, layer.Activation, layer.Gradient, string.Join(", ", found.Distinct()));
    }
}
