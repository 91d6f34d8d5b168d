using System.Globalization;

namespace Gradus.Nn;

/// <summary>A residual network: what <see cref="ResNet18"/> and <see cref="ResNet20"/> share. [batch, channels, height, width] → [batch, outputs].</summary>
/// <remarks>
/// A stem, stages of <see cref="ResidualBlock"/>, of which each but the first halves height and width, the mean over all places, and a linear layer.
/// Convolutions begin normal with deviation √(2 / fan out). State names are torchvision's: <c>conv1</c>, <c>bn1</c>, <c>layer1.0.conv1</c>, …, <c>fc</c>.
/// </remarks>
public abstract class ResNet : Layer<Tensor, Tensor>
{
    private protected ResNet(Conv2d stem, int blocks, ReadOnlySpan<int> widths, int outputs)
    {
        Conv1 = stem;
        Bn1 = new BatchNorm2d(widths[0]);
        var stages = new Sequential[widths.Length];
        for (var stage = 0; stage < widths.Length; stage++)
        {
            var before = widths[Math.Max(stage - 1, 0)];
            stages[stage] = Register(new Sequential(), string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}"));
            for (var block = 0; block < blocks; block++)
            {
                stages[stage].Add(new ResidualBlock(block == 0 ? before : widths[stage], widths[stage], block == 0 && stage > 0 ? 2 : 1));
            }
        }

        Stages = stages;
        Fc = new Linear(widths[^1], outputs);
    }

    /// <summary>The first convolution.</summary>
    public Conv2d Conv1 { get; set => field = Register(value); }

    /// <summary>The norm after it.</summary>
    public BatchNorm2d Bn1 { get; set => field = Register(value); }

    /// <summary>The stages: <c>layer1</c>, <c>layer2</c>, ….</summary>
    public IReadOnlyList<Sequential> Stages { get; }

    /// <summary>The linear layer: → [batch, outputs].</summary>
    public Linear Fc { get; set => field = Register(value); }

    /// <summary>A convolution that keeps height and width but for the stride, without the bias that a norm after it would take away.</summary>
    internal static Conv2d Conv(int inputs, int outputs, int kernel, int stride = 1) =>
        new(inputs, outputs, kernel, new()
        {
            Stride = stride,
            Padding = kernel / 2,
            Bias = false,
            Init = Init.VarianceScaling(2, InitFan.Out, InitDistribution.Normal),
        });

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var x = Stem(Bn1.Forward(Conv1.Forward(input)).Relu());
        foreach (var stage in Stages) x = stage.Forward(x);
        return Fc.Forward(x.Mean([2, 3]));
    }

    /// <summary>What follows the first convolution.</summary>
    private protected virtual Tensor Stem(Tensor features) => features;
}
