namespace Gradus.Nn;

/// <summary>Inputs far from mean 0 and deviation 1, unless the network normalizes them first.</summary>
/// <remarks>LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998, section 4.3: learning is fastest with inputs of mean 0 and equal deviation.</remarks>
internal sealed class InputNotNormalized : Check
{
    /// <summary>Pixels of 0 … 255 have 80 and more, anything standardized 1, pixels of 0 … 1 about 0.3.</summary>
    private const double LargestSize = 10;

    private const double SmallestSize = 0.01;

    /// <summary>Pixels of 0 … 1 have a mean of less than 2 deviations.</summary>
    private const double LargestOffset = 5;

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        if (evidence.Input is not var (mean, deviation) || FirstNormalizes(evidence)) return [];
        var size = Math.Sqrt((mean * mean) + (deviation * deviation));
        var isFar = deviation > 0 && Math.Abs(mean) > LargestOffset * deviation;
        if (size <= LargestSize && (size >= SmallestSize || size == 0) && !isFar) return [];
        return
        [
            new(Illness.InputNotNormalized, Severity.Illness, "", "", $"the inputs have mean {N(mean)} and deviation {N(deviation)}; expected about 0 and 1.",
                "The first layer's weights and their gradients are out of scale with all others: no learning rate suits both, and units saturate or die.",
                "Subtract the training data's mean and divide by its deviation, each column of a table by its own, or begin with a norm layer."),
        ];
    }

    private static bool FirstNormalizes(Evidence evidence) =>
        evidence.Records.FirstOrDefault(static record => record.Calls > 0 && record.Module.OwnParameters().Any())?.Module
            is BatchNorm or LayerNorm or RmsNorm or GroupNorm or Embedding;
}
