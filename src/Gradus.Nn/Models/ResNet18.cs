namespace Gradus.Nn;

/// <summary>
/// ResNet-18 for pictures of some 224 × 224: 7 × 7 convolution and pooling, then four stages of two blocks with 64, 128, 256, 512 channels.
/// [batch, channels, height, width] → [batch, outputs].
/// </summary>
/// <remarks>
/// 11.7 million parameters for 1000 classes; weights of torchvision's <c>resnet18</c> load by name. He, Zhang, Ren and Sun, "Deep residual learning for
/// image recognition", 2016.
/// </remarks>
public sealed class ResNet18 : ResNet
{
    /// <summary>A network.</summary>
    /// <param name="channels">Channels of a picture. Default 3.</param>
    /// <param name="outputs">Classes. Default 1000.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public ResNet18(int channels = 3, int outputs = 1000)
        : base(Conv(channels, 64, 7, 2), blocks: 2, [64, 128, 256, 512], outputs) => Maxpool = new MaxPool2d(3, 2, 1);

    /// <summary>The pooling after the first convolution.</summary>
    public MaxPool2d Maxpool { get; set => field = Register(value); }

    private protected override Tensor Stem(Tensor features) => Maxpool.Forward(features);
}
