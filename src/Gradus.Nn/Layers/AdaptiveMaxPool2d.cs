namespace Gradus.Nn;

/// <summary>The greatest elements of windows chosen so that the result has a given size: [N, C, H, W] → [N, C, height, width].</summary>
/// <param name="size">The height and width of the result.</param>
public sealed class AdaptiveMaxPool2d(Size2 size) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank != 4) throw Expect.Got("[samples, channels, height, width]", input);
        if (input.Shape[2] % size.Height == 0 && input.Shape[3] % size.Width == 0) return input.MaxPool2d((input.Shape[2] / size.Height, input.Shape[3] / size.Width));
        // The greatest of a rectangle is the greatest of the greatest of its columns.
        return AdaptiveMax.Along(AdaptiveMax.Along(input, 2, size.Height), 3, size.Width);
    }

    /// <inheritdoc/>
    protected override string Describe() => size.ToString();
}
