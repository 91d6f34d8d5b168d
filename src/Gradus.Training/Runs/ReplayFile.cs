using Gradus.Data;
using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What came of a step that was made once more.</summary>
/// <param name="Step">The step, from 1, over the whole run.</param>
/// <param name="Loss">The loss; NaN where an operator before it failed.</param>
/// <param name="Fault">The first operator that was not finite, with its module and element; null where all are finite.</param>
public sealed record ReplayResult(long Step, double Loss, string? Fault)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ReplayResult), PrintMembers);
}

/// <summary>A training step in a file: the weights, the optimizer and the random streams before it, its batch, and the model's record.</summary>
public static class ReplayFile
{
    private const string ModelKey = "gradus", StepKey = "gradus.step";

    /// <summary>Writes the step that ended a run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">That of <see cref="TrainingException.Replay"/>.</param>
    /// <param name="model">The record of the model that was trained.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, TrainingState state, ModelRecord model)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(model);
        SafeTensorsFile.Write(path, state.Tensors, new Dictionary<string, string>
        {
            [ModelKey] = model.ToJson(),
            [StepKey] = FormattableString.Invariant($"{state.Progress.Step + 1}"),
        });
    }

    /// <summary>Makes the step once more, forward and backward, and looks at every value on the way. Nothing is moved.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no step of a model of Gradus.</exception>
    public static ReplayResult Run(string path)
    {
        var contents = SafeTensorsFile.Read(path);
        if (!contents.Metadata.TryGetValue(ModelKey, out var json)
            || !contents.Metadata.TryGetValue(StepKey, out var text) || !long.TryParse(text, out var step))
        {
            throw new InvalidDataException($"{path}: this is not the file of a training step: '{StepKey}' is missing from its metadata.");
        }

        try
        {
            var record = ModelRecord.FromJson(json);
            var network = record.ReadSpec().Assemble(record.ToModelData());
            Dictionary<string, Tensor> Part(string prefix) => contents.Tensors.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(entry => entry.Key[prefix.Length..], static entry => entry.Value);
            network.LoadState(Part(TrainingState.Weights));
            network.LoadRandomState(Part(TrainingState.Streams));
            var batch = Part(TrainingState.Batch);
            if (!batch.TryGetValue("input", out var input) || !batch.TryGetValue("target", out var target))
            {
                throw new InvalidDataException("the step's batch is missing.");
            }

            return Make(TaskOf(record, network), new Labeled(input, target), step);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or GradusException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static ReplayResult Make(SupervisedTask task, Labeled batch, long step)
    {
        var loss = double.NaN;
        using var anomaly = new Anomaly();
        try
        {
            var value = task.Loss(batch);
            loss = value.Item();
            value.Backward();
            return new ReplayResult(step, loss, null);
        }
        catch (GradusException exception)
        {
            return new ReplayResult(step, loss, exception.Message);
        }
    }

    private static SupervisedTask TaskOf(ModelRecord record, Module<Tensor, Tensor> network) =>
        record.IsText ? new NextToken(network, record.InputShape[0])
        : record.ClassNames is { } names ? new Classification(network) { ClassNames = names }
        : new Regression(network);
}
