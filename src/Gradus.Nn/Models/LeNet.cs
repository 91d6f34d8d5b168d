namespace Gradus.Nn;

/// <summary>LeNet-5, the first convolutional network that read cheques: [batch, channels, height, width] → [batch, outputs].</summary>
/// <remarks>
/// 6 and 16 channels of 5 × 5 convolutions, each followed by tanh and 2 × 2 mean pooling, then linear layers of 120 and 84. The first convolution is
/// padded, so that a picture of 28 × 28 counts as one of 32 × 32. LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document
/// recognition", 1998; the outputs are logits here, where the paper has radial basis functions.
/// </remarks>
public sealed class LeNet : Layer<Tensor, Tensor>
{
    /// <summary>A network for pictures of a size.</summary>
    /// <param name="channels">Channels of a picture. Default 1: gray.</param>
    /// <param name="height">Rows of a picture, at least 12. Default 28.</param>
    /// <param name="width">Columns of a picture, at least 12. Default 28.</param>
    /// <param name="outputs">Classes. Default 10.</param>
    /// <exception cref="GradusException">A size is too small.</exception>
    public LeNet(int channels = 1, int height = 28, int width = 28, int outputs = 10)
    {
        if (height < 12 || width < 12) throw new GradusException($"leNet: pictures of {height} × {width}; they must be at least 12 × 12.");
        Features = new Sequential(
            new Conv2d(channels, 6, 5, new() { Padding = 2 }), new Tanh(), new AvgPool2d(2),
            new Conv2d(6, 16, 5), new Tanh(), new AvgPool2d(2));
        Classifier = new Sequential(
            new Flatten(), new Linear(16 * (((height / 2) - 4) / 2) * (((width / 2) - 4) / 2), 120), new Tanh(),
            new Linear(120, 84), new Tanh(), new Linear(84, outputs));
    }

    /// <summary>The convolutions: [batch, channels, height, width] → [batch, 16, (height / 2 − 4) / 2, (width / 2 − 4) / 2].</summary>
    public Sequential Features { get; set => field = Register(value); }

    /// <summary>The linear layers: → [batch, outputs].</summary>
    public Sequential Classifier { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Classifier.Forward(Features.Forward(input));
}
