namespace Gradus.Nn;

/// <summary>
/// Two 3 × 3 convolutions around which the input is led past: relu(bn2(conv2(relu(bn1(conv1(x))))) + x): [batch, in, height, width] →
/// [batch, out, height / stride, width / stride].
/// </summary>
/// <remarks>
/// Where the shapes differ, x passes a 1 × 1 convolution and a batch norm of its own. State names are torchvision's <c>BasicBlock</c>. He, Zhang, Ren and
/// Sun, "Deep residual learning for image recognition", 2016.
/// </remarks>
public sealed class ResidualBlock : Layer<Tensor, Tensor>
{
    /// <summary>A block.</summary>
    /// <param name="inputs">Channels that go in.</param>
    /// <param name="outputs">Channels that come out.</param>
    /// <param name="stride">The step of the first convolution. Default 1.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public ResidualBlock(int inputs, int outputs, int stride = 1)
    {
        Conv1 = ResNet.Conv(inputs, outputs, 3, stride);
        Bn1 = new BatchNorm2d(outputs);
        Conv2 = ResNet.Conv(outputs, outputs, 3);
        Bn2 = new BatchNorm2d(outputs);
        if (stride != 1 || inputs != outputs) Downsample = new Sequential(ResNet.Conv(inputs, outputs, 1, stride), new BatchNorm2d(outputs));
    }

    /// <summary>The first convolution.</summary>
    public Conv2d Conv1 { get; set => field = Register(value); }

    /// <summary>The norm after it.</summary>
    public BatchNorm2d Bn1 { get; set => field = Register(value); }

    /// <summary>The second convolution.</summary>
    public Conv2d Conv2 { get; set => field = Register(value); }

    /// <summary>The norm after it.</summary>
    public BatchNorm2d Bn2 { get; set => field = Register(value); }

    /// <summary>What brings the input to the output's shape; null where they are the same.</summary>
    public Sequential? Downsample { get; private set => field = Register(value!); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var main = Bn2.Forward(Conv2.Forward(Bn1.Forward(Conv1.Forward(input)).Relu()));
        return (main + (Downsample?.Forward(input) ?? input)).Relu();
    }
}
