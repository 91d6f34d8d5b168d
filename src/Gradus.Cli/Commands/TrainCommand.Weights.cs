using System.CommandLine;
using Gradus.Formats;
using Gradus.Nn;
using Gradus.Onnx;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <content>What a training begins with: a model of Gradus, or the weights of a file of tensors.</content>
internal static partial class TrainCommand
{
    /// <summary>The model that a training begins with; null where there is none, or a file of weights alone.</summary>
    /// <exception cref="UsageException">Options do not go with the file.</exception>
    private static TrainedModel? ReadStart(ParseResult parsed)
    {
        if (parsed.GetValue(From) is not { } file) return null;
        if (TrainedModel.Is(file))
        {
            foreach (var option in (Option[])[Model, Dropout, TokenizerChoice, Rename, Partial]) CheckExcluded(parsed, option);
            return TrainedModel.Load(file);
        }

        if (IsOnnx(file))
        {
            foreach (var option in (Option[])[Model, Dropout, TokenizerChoice, Rename, Partial]) CheckExcluded(parsed, option);
            return null;
        }

        if (parsed.GetValue(Model) is not null) return null;
        throw new UsageException($"--from: {PlainText.Quote(file)} holds tensors without an architecture: name the network that they are of with --model.");
    }

    /// <summary>The architecture that the options name: that of a model, of an ONNX file, or of a word; null where it follows from the data.</summary>
    private static ModelSpec? ReadSpec(ParseResult parsed, TrainedModel? start)
    {
        if (start is not null) return start.Record.ReadSpec();
        if (parsed.GetValue(From) is { } file && IsOnnx(file)) return SpecOf(file, OnnxModel.Load(file));
        return parsed.GetValue(Model) is { } word ? CommandOptions.Usage(() => ModelSpec.Parse(word)) : null;
    }

    /// <exception cref="UsageException">The preparation of the samples is part of the graph, and would happen twice.</exception>
    private static OnnxSpec SpecOf(string file, OnnxModel model) => model.Metadata.Any(static entry => entry.Key == TrainedModelOnnx.ModelKey)
        ? throw new UsageException($"--from: {PlainText.Quote(file)} prepares its samples itself, which training does too. " +
            "Begin with the model that it was written from, or write its network alone: gradus onnx export MODEL OUT --network.")
        : OnnxSpec.Of(model);

    private static bool IsOnnx(string file) => FileFormats.Of(file).HasExtension(".onnx");

    /// <exception cref="UsageException">An option that the model of --from decides is given.</exception>
    private static void CheckExcluded(ParseResult parsed, Option option)
    {
        if (parsed.GetValue(From) is null || parsed.GetResult(option) is null or { Implicit: true }) return;
        var what = option == TokenizerChoice ? "the tokens are" : "the architecture is";
        throw new UsageException($"--from and {option.Name} exclude each other: {what} the model's.");
    }

    /// <summary>Begins with the weights of a file of tensors.</summary>
    /// <exception cref="GradusException">They do not fit; all names are listed.</exception>
    private static void LoadWeights(ParseResult parsed, TrainedModel model, string file)
    {
        if (model.Network is OnnxModel network)
        {
            network.LoadState(OnnxModel.Load(file).State());
            return;
        }

        var contents = TensorFile.Read(file);
        if (contents.DescribeLeftOut() is { } leftOut) CommandOptions.Note($"{file}: {leftOut}");
        try
        {
            var renamed = CommandOptions.ReadMapping(parsed.GetValue(Rename)).Apply(contents.Tensors);
            var mapping = StateMapping.Find(model.Network, renamed.Keys);
            if (!mapping.IsEmpty) CommandOptions.Note($"{file}: its names are taken so: {mapping}.");
            var state = mapping.Apply(renamed);
            if (!parsed.GetValue(Partial))
            {
                model.Network.LoadState(state);
                return;
            }

            var report = model.Network.LoadPartialState(state);
            if (report.Loaded.Count == 0) throw new GradusException($"none of its tensors fits: {report}.");
            if (!report.IsComplete) CommandOptions.Note($"{file}: {report.Loaded.Count} tensors are taken; {report}.");
        }
        catch (GradusException exception)
        {
            throw new GradusException($"{file}: {exception.Message} See --rename OLD=NEW, and --partial for those that fit.", exception);
        }
    }
}
