namespace Gradus.Nn;

/// <summary>eˣ / Σ eˣ along an axis.</summary>
/// <param name="axis">The axis whose elements sum to 1. Default: the last.</param>
public sealed class Softmax(int axis = -1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Softmax(axis);
}
