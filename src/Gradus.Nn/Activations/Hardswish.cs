namespace Gradus.Nn;

/// <summary>x·min(max(x / 6 + 1/2, 0), 1), element by element. Howard et al., 2019.</summary>
public sealed class Hardswish : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Hardswish();
}
