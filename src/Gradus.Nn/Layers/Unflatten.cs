namespace Gradus.Nn;

/// <summary>An axis becomes several: [batch, 12] with axis 1 and sizes 3, 4 → [batch, 3, 4].</summary>
/// <param name="axis">The axis that is divided.</param>
/// <param name="sizes">The sizes that take its place, at most one of them −1: what is left.</param>
public sealed class Unflatten(int axis, params int[] sizes) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Unflatten(axis, sizes);

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{axis}, [{string.Join(',', sizes)}]");
}
