using Gradus.Data;
using Gradus.Graphs;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>The graph of a trained network at one sample: from the input <c>x</c> to the <c>loss</c> that training would give it.</summary>
internal static class NetworkGraph
{
    /// <param name="path">The model file.</param>
    /// <param name="source">The data.</param>
    /// <param name="sample">Which sample: of the test samples from 0 on, or the line of a table; null for the first.</param>
    public static GraphModel Of(string path, DataSource source, int? sample)
    {
        var model = CommandOptions.ReadModel(path);
        var table = source.IsTable ? model.LoadTable(source, withTarget: true) : null;
        var data = table?.Data ?? (source.Kind == DataKind.Text ? model.LoadSplit(source).Validation : model.LoadSplit(source).Test);
        if (data.Count == 0) throw new GradusException($"graph: {data.Name} has no test samples: the model was trained with --test 0.");
        var row = RowOf(source, table?.Lines, data, sample);
        var input = data.InputTensor([row]).Named("x");
        // Characters and words are whole numbers, which have no gradient.
        if (!data.IsText && !data.IsSentences) input.RequireGrad();
        using var recording = new GraphRecording();
        var outputs = model.Network.Forward(input).Named("outputs");
        if (data.IsText) outputs = outputs.Flatten(0, 1);
        // Samples without a target are given back by an autoencoder.
        var loss = data.ClassNames is null
            ? Losses.MeanSquaredError(outputs, (data.Targets is null ? data.InputTensor([row]) : data.TargetTensor([row])).Named("target"))
            : Losses.CrossEntropy(outputs, data.LabelTensor([row]).Named("label"));
        return loss.Graph();
    }

    private static int RowOf(DataSource source, IReadOnlyList<int>? lines, Dataset data, int? sample)
    {
        if (sample is not { } wanted) return 0;
        if (lines is null)
        {
            return wanted < data.Count
                ? wanted
                : throw new UsageException($"--sample: {data.Name} has the test samples 0 to {data.Count - 1}, not {wanted}.");
        }

        for (var row = 0; row < lines.Count; row++)
        {
            if (lines[row] == wanted) return row;
        }

        throw new UsageException(
            $"--sample: {source.RowName} {wanted} is no row that can be used. " +
            $"The {source.RowName}s go from {lines[0]} to {lines[^1]}; rows with a value missing are dropped.");
    }
}
