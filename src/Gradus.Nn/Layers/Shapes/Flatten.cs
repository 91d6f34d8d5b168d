namespace Gradus.Nn;

/// <summary>Several axes become one: by default all from the second on, [batch, channels, height, width] → [batch, channels·height·width].</summary>
/// <param name="from">The first axis that is merged. Default 1: the batch stays.</param>
/// <param name="to">The last axis that is merged. Default: the last.</param>
public sealed class Flatten(int from = 1, int to = -1) : Layer<Tensor, Tensor>
{
    /// <summary>Whether each sample becomes one row.</summary>
    internal bool IsWhole => (from, to) == (1, -1);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        Expect.Axis(from, input);
        Expect.Axis(to, input);
        return input.Flatten(from, to);
    }

    /// <inheritdoc/>
    protected override string Describe() => (from, to) == (1, -1) ? "" : FormattableString.Invariant($"{from}, {to}");
}
