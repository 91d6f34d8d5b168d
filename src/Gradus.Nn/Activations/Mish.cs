namespace Gradus.Nn;

/// <summary>x·tanh(log(1 + eˣ)), element by element. Misra, 2019.</summary>
public sealed class Mish : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Mish();
}
