namespace Gradus.Nn;

/// <summary>The input as it is.</summary>
public sealed class Identity : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input;
}
