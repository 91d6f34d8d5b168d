namespace Gradus.Training;

/// <summary>The first tensor in which two states of a run differ.</summary>
/// <param name="Name">Its name in <see cref="TrainingState.Tensors"/>: <c>network.1.weight</c>.</param>
/// <param name="Element">The first element of it; null where one state lacks the tensor, or has it in another shape or type.</param>
/// <param name="Text">What differs, in words.</param>
internal sealed record StateDifference(string Name, TensorDifference? Element, string Text)
{
    private static readonly string[] OfSteps = [TrainingState.Weights, TrainingState.Streams, "optimizer"];
    private static readonly string[] OfEpochs = [TrainingState.Averages, TrainingState.Plateau, TrainingState.Best];

    /// <summary>Whether the end of an epoch makes it: averages, a plateau, the best weights so far.</summary>
    public bool IsOfEpoch => OfEpochs.Any(part => Name.StartsWith(part, StringComparison.Ordinal));

    /// <summary>Compares two states; null if they are equal to the bit.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    /// <param name="ofStepsAlone">Whether one of them stands before the end of an epoch and the other behind it: what the end makes is passed over.</param>
    public static StateDifference? Of(TrainingState a, TrainingState b, bool ofStepsAlone = false)
    {
        foreach (var part in ofStepsAlone ? OfSteps : [.. OfSteps, .. OfEpochs])
        {
            foreach (var name in a.Tensors.Keys.Concat(b.Tensors.Keys).Distinct().Where(name => IsOf(part, name)))
            {
                if (Of(name, a.Tensors.GetValueOrDefault(name), b.Tensors.GetValueOrDefault(name)) is { } difference) return difference;
            }
        }

        return null;
    }

    // A rate that differs shows in the weights that it makes.
    private static bool IsOf(string part, string name) =>
        name.StartsWith(part, StringComparison.Ordinal) && !name.EndsWith(".learning_rate", StringComparison.Ordinal);

    private static StateDifference? Of(string name, Tensor? a, Tensor? b)
    {
        if (a is null || b is null) return new StateDifference(name, null, $"'{name}' is in one of them only");
        if (a.Shape != b.Shape || a.DType != b.DType) return new StateDifference(name, null, $"'{name}' is {Describe(a)} and {Describe(b)}");
        return TensorDifference.Of(a, b) is { } element ? new StateDifference(name, element, $"'{name}' {element}") : null;
    }

    private static string Describe(Tensor tensor) => tensor.DType.ShortName + tensor.Shape;
}
