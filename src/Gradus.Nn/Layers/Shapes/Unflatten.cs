namespace Gradus.Nn;

/// <summary>An axis becomes several: [batch, 12] with axis 1 and sizes 3, 4 → [batch, 3, 4].</summary>
/// <param name="axis">The axis that is divided.</param>
/// <param name="sizes">The sizes that take its place, at most one of them −1: what is left.</param>
public sealed class Unflatten(int axis, params int[] sizes) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        Expect.Axis(axis, input);
        var product = sizes.Where(static size => size >= 0).Aggregate(1L, static (product, size) => product * size);
        var isOpen = sizes.Contains(-1);
        if (isOpen ? product == 0 || input.Shape[axis] % product != 0 : input.Shape[axis] != product)
        {
            throw Expect.Got(FormattableString.Invariant($"{(isOpen ? "a multiple of " : "")}{product} along axis {axis}"), input);
        }

        return input.Unflatten(axis, sizes);
    }

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{axis}, [{string.Join(',', sizes)}]");
}
