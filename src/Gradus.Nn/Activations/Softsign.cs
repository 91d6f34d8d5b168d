namespace Gradus.Nn;

/// <summary>x / (1 + |x|), element by element.</summary>
public sealed class Softsign : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Softsign();
}
