namespace Gradus.Nn;

/// <summary>A small convolutional network for small pictures: [batch, channels, height, width] → [batch, outputs].</summary>
/// <remarks>
/// Twice a 3 × 3 convolution, ReLU and 2 × 2 max pooling, with 32 and 64 channels, then a hidden layer of 128. LeCun et al., "Gradient-based learning
/// applied to document recognition", 1998, in the sizes and with the ReLU of today.
/// </remarks>
public sealed class Cnn : Layer<Tensor, Tensor>
{
    /// <summary>A network for pictures of a size.</summary>
    /// <param name="channels">Channels of a picture: 1 for gray, 3 for colors.</param>
    /// <param name="height">Rows of a picture, at least 4.</param>
    /// <param name="width">Columns of a picture, at least 4.</param>
    /// <param name="outputs">Classes, or targets.</param>
    /// <param name="dropout">The share of the hidden layer's numbers that training drops, in [0, 1]. Default: 0, none, and no layer for it.</param>
    /// <exception cref="GradusException">A size is too small, or the share is not in [0, 1].</exception>
    public Cnn(int channels, int height, int width, int outputs, double dropout = 0)
    {
        if (height < 4 || width < 4) throw new GradusException($"cnn: pictures of {height} × {width}; they must be at least 4 × 4.");
        Features = new Sequential(
            new Conv2d(channels, 32, 3, new() { Padding = 1 }), new Relu(), new MaxPool2d(2),
            new Conv2d(32, 64, 3, new() { Padding = 1 }), new Relu(), new MaxPool2d(2));
        Classifier = new Sequential(new Flatten(), new Linear(64 * (height / 4) * (width / 4), 128), new Relu());
        if (dropout != 0) Classifier.Add(new Dropout(dropout));
        Classifier.Add(new Linear(128, outputs));
    }

    /// <summary>The convolutions: [batch, channels, height, width] → [batch, 64, height / 4, width / 4].</summary>
    public Sequential Features { get; set => field = Register(value); }

    /// <summary>The linear layers: → [batch, outputs].</summary>
    public Sequential Classifier { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Classifier.Forward(Features.Forward(input));
}
