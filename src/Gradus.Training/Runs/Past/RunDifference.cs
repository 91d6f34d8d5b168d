namespace Gradus.Training;

/// <summary>In what two runs differ first.</summary>
public enum DifferenceKind
{
    /// <summary>The networks or their initial weights, before the first step.</summary>
    Start,

    /// <summary>The batch of a step.</summary>
    Batch,

    /// <summary>What an operator gave in the forward pass.</summary>
    Forward,

    /// <summary>What an operator gave in the backward pass.</summary>
    Backward,

    /// <summary>What the optimizer made of equal gradients.</summary>
    Update,

    /// <summary>What the end of an epoch measured, or made: figures, an average, a plateau.</summary>
    Epoch,

    /// <summary>A run that was changed from outside: its record is not what its recipe gives.</summary>
    Record,
}

/// <summary>The first difference of two runs.</summary>
/// <param name="Kind">In what they differ.</param>
/// <param name="Step">The step, from 1, in which they do; of <see cref="DifferenceKind.Record"/> the step after which the record was changed.</param>
/// <param name="Place">The operator with its module, the tensor of the batch, or the weight.</param>
/// <param name="Element">The first element that differs, with both values; null where shapes or names differ.</param>
/// <param name="Text">The difference in words.</param>
public sealed record RunDifference(DifferenceKind Kind, long Step, string Place, TensorDifference? Element, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>
    /// Finds the first step, operator and element in which two runs differ: by their records, then by their checkpoints, then by making the steps between
    /// again, and the one in question before everybody's eyes.
    /// </summary>
    /// <param name="a">The first run.</param>
    /// <param name="b">The second run.</param>
    /// <returns>The difference; null where both runs are equal to the bit, as far as both go.</returns>
    public static RunDifference? Between(PastRun a, PastRun b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new DifferenceSearch(a, b).Run();
    }
}
