using System.Globalization;

namespace Gradus.Nn;

/// <summary>The greatest elements of windows chosen so that the result has a given size: [N, C, L] → [N, C, size].</summary>
/// <param name="size">The length of the result.</param>
public sealed class AdaptiveMaxPool1d(int size) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Expect.Lines(input).AdaptiveMaxPool1d(size);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{size}");
}
