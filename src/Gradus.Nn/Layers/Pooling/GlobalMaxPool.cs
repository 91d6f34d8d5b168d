namespace Gradus.Nn;

/// <summary>The greatest element of each channel: [N, C, L], [N, C, H, W] or [N, C, D, H, W] → [N, C].</summary>
/// <remarks>The gradient goes to the first of equal elements.</remarks>
public sealed class GlobalMaxPool : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.AnySpatial(input).Flatten(2).Max(2).Item1;
}
