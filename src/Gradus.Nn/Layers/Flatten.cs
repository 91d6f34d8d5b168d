namespace Gradus.Nn;

/// <summary>All axes from one on become one: [batch, channels, height, width] → [batch, channels·height·width].</summary>
/// <param name="from">The first axis that is merged. Default 1: the batch stays.</param>
public sealed class Flatten(int from = 1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Flatten(from);
}
