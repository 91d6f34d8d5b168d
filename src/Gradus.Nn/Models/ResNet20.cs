namespace Gradus.Nn;

/// <summary>
/// ResNet-20 for pictures of some 32 × 32: three stages of three blocks with 16, 32, 64 channels. [batch, channels, height, width] → [batch, outputs].
/// </summary>
/// <remarks>
/// 0.27 million parameters. Where a stage begins, the input passes a 1 × 1 convolution (option B of the paper). He, Zhang, Ren and Sun, "Deep residual
/// learning for image recognition", 2016, section 4.2.
/// </remarks>
/// <param name="channels">Channels of a picture. Default 3.</param>
/// <param name="outputs">Classes. Default 10.</param>
/// <exception cref="GradusException">A size is not positive.</exception>
public sealed class ResNet20(int channels = 3, int outputs = 10) : ResNet(Conv(channels, 16, 3), blocks: 3, [16, 32, 64], outputs);
