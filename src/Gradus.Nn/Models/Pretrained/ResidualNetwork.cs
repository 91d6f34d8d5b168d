using System.Globalization;

namespace Gradus.Nn;

/// <summary>
/// A residual network of any depth and width, such as ResNet-50: [batch, channels, height, width] → [batch, outputs]; without a linear layer → the means of the
/// last channels, [batch, width].
/// </summary>
/// <remarks>
/// 7 × 7 convolution and pooling, then stages of blocks, and the mean over all places. State names are torchvision's: <c>conv1</c>, <c>bn1</c>,
/// <c>layer1.0.conv1</c>, …, <c>fc</c>. He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016.
/// </remarks>
public sealed class ResidualNetwork : Layer<Tensor, Tensor>
{
    /// <summary>A network.</summary>
    /// <param name="options">Its sizes. Default: null, those of ResNet-50.</param>
    /// <exception cref="GradusException">A size is not positive, or there are not as many depths as widths.</exception>
    public ResidualNetwork(ResidualNetworkOptions? options = null)
    {
        options ??= new();
        var (widths, depths) = (options.Widths, options.Depths);
        if (widths.Count == 0 || widths.Count != depths.Count || depths.Any(static depth => depth < 1))
        {
            throw new GradusException(
                $"residualNetwork: widths {string.Join(", ", widths)} and depths {string.Join(", ", depths)}; expected one of each for a stage, from 1 on.");
        }

        Conv1 = ResNet.Conv(options.Channels, options.StemWidth, 7, 2);
        Bn1 = new BatchNorm2d(options.StemWidth);
        Maxpool = new MaxPool2d(3, 2, 1);
        var stages = new Sequential[widths.Count];
        for (var stage = 0; stage < stages.Length; stage++)
        {
            stages[stage] = Register(new Sequential(), string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}"));
            for (var block = 0; block < depths[stage]; block++)
            {
                var inputs = block > 0 ? widths[stage] : stage > 0 ? widths[stage - 1] : options.StemWidth;
                var stride = block == 0 && (stage > 0 || options.HalvesInFirstStage) ? 2 : 1;
                if (options.IsBottleneck) stages[stage].Add(new BottleneckBlock(inputs, widths[stage], stride, options.StridesInFirst));
                else stages[stage].Add(new ResidualBlock(inputs, widths[stage], stride));
            }
        }

        Stages = stages;
        if (options.Outputs != 0) Fc = new Linear(widths[^1], Expect.Positive("residualNetwork", "outputs", options.Outputs));
    }

    /// <summary>The first convolution.</summary>
    public Conv2d Conv1 { get; set => field = Register(value); }

    /// <summary>The norm after it.</summary>
    public BatchNorm2d Bn1 { get; set => field = Register(value); }

    /// <summary>The pooling after it.</summary>
    public MaxPool2d Maxpool { get; set => field = Register(value); }

    /// <summary>The stages: <c>layer1</c>, <c>layer2</c>, ….</summary>
    public IReadOnlyList<Sequential> Stages { get; }

    /// <summary>From the means of the last channels to the outputs; null where there is none.</summary>
    public Linear? Fc { get; private set => field = Register(value!); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var x = Maxpool.Forward(Bn1.Forward(Conv1.Forward(input)).Relu());
        foreach (var stage in Stages) x = stage.Forward(x);
        x = x.Mean([2, 3]);
        return Fc is null ? x : Fc.Forward(x);
    }
}
