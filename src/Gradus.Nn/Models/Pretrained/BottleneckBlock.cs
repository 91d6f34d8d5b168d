namespace Gradus.Nn;

/// <summary>
/// Convolutions of 1 × 1, 3 × 3 and 1 × 1, between which there are a quarter of the channels, around which the input is led past: [batch, in, height, width] →
/// [batch, out, height / stride, width / stride].
/// </summary>
/// <remarks>
/// Where the shapes differ, x passes a 1 × 1 convolution and a batch norm of its own. State names are torchvision's <c>Bottleneck</c>. He, Zhang, Ren and Sun,
/// "Deep residual learning for image recognition", 2016.
/// </remarks>
internal sealed class BottleneckBlock : Layer<Tensor, Tensor>
{
    public BottleneckBlock(int inputs, int outputs, int stride, bool stridesInFirst)
    {
        var width = Math.Max(1, outputs / 4);
        Conv1 = ResNet.Conv(inputs, width, 1, stridesInFirst ? stride : 1);
        Bn1 = new BatchNorm2d(width);
        Conv2 = ResNet.Conv(width, width, 3, stridesInFirst ? 1 : stride);
        Bn2 = new BatchNorm2d(width);
        Conv3 = ResNet.Conv(width, outputs, 1);
        Bn3 = new BatchNorm2d(outputs);
        if (stride != 1 || inputs != outputs) Downsample = new Sequential(ResNet.Conv(inputs, outputs, 1, stride), new BatchNorm2d(outputs));
    }

    private Conv2d Conv1 { get; set => field = Register(value); }

    private BatchNorm2d Bn1 { get; set => field = Register(value); }

    private Conv2d Conv2 { get; set => field = Register(value); }

    private BatchNorm2d Bn2 { get; set => field = Register(value); }

    private Conv2d Conv3 { get; set => field = Register(value); }

    private BatchNorm2d Bn3 { get; set => field = Register(value); }

    private Sequential? Downsample { get; set => field = Register(value!); }

    protected override Tensor Compute(Tensor input)
    {
        var main = Bn1.Forward(Conv1.Forward(input)).Relu();
        main = Bn2.Forward(Conv2.Forward(main)).Relu();
        return (Bn3.Forward(Conv3.Forward(main)) + (Downsample?.Forward(input) ?? input)).Relu();
    }
}
