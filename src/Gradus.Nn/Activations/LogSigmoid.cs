namespace Gradus.Nn;

/// <summary>log(1 / (1 + e⁻ˣ)), element by element.</summary>
public sealed class LogSigmoid : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.LogSigmoid();
}
