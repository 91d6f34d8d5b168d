namespace Gradus.Repo.Tests;

/// <summary>Operators that tests/compare-torch does not try, each with its reason. The battery holds them against plain references all the same.</summary>
internal static class NotCompared
{
    private const string Adjoint = "the adjoint of another, which is reached through that one's gradients";
    private const string Inside = "a step inside other operators";
    private const string Layer = "compared as the layer of this name, in docs/parity-nn.md";
    private const string Random = "draws random numbers, which differ";

    public static readonly IReadOnlyDictionary<string, string> Why = new Dictionary<string, string>
    {
        ["ArgSort"] = "the index of Sort",
        ["AvgPool2dAdjoint"] = Adjoint,
        ["Broadcast"] = "Expand of each tensor",
        ["Conv2dWeight"] = Adjoint,
        ["Crop"] = Adjoint,
        ["Dropout"] = Random,
        ["Embed"] = Adjoint,
        ["Identity"] = Inside,
        ["IndexByMask"] = "compared as MaskedSelect",
        ["OverlapAdd"] = Adjoint,
        ["Positions"] = Inside,
        ["RRelu"] = Random,
        ["RmsNorm"] = "PyTorch 1.13 has none",
        ["SelfAttention"] = "PyTorch 1.13 has none of this form; compared as Attention",
        ["ScatterCombine"] = "compared as ScatterReduce",
        ["UniqueCounts"] = "compared as UniqueValues, beside it",
        ["UniqueInverse"] = "compared as UniqueValues, beside it",
        ["Unflatten"] = "a form of Reshape",
        ["Unravel"] = Inside,
        ["AlphaDropout"] = Random,
        ["Dropout1d"] = Random,
        ["Dropout2d"] = Random,
        ["FeatureAlphaDropout"] = Random,
        ["FeatureDropout"] = Random,
        ["ConvTranspose1d"] = "ConvTranspose2d of one row",
        ["DeterminantSign"] = "compared as Determinant and LogDet",
        ["LogDeterminant"] = "compared as LogDet",
        ["MaxPool2dIndex"] = "compared as MaxPool2d; the battery holds the places",
        ["MaxPool2dWithIndex"] = "compared as MaxPool2d; the battery holds the places",
        ["MaxUnpool1d"] = "a Scatter by the places of MaxPool1d",
        ["MaxUnpool2d"] = "a Scatter by the places of MaxPool2d",
        ["Upsample"] = "Interpolate by a factor",
        ["Conv3d"] = Layer,
        ["ConvTranspose3d"] = Layer,
        ["MaxPool3d"] = Layer,
        ["MaxPool3dWithIndex"] = "compared as the layer MaxUnpool3d, which takes its places",
        ["MaxUnpool3d"] = Layer,
        ["AvgPool3d"] = Layer,
        ["LpPool3d"] = Layer,
        ["AdaptiveAvgPool3d"] = Layer,
        ["AdaptiveMaxPool3d"] = Layer,
        ["Interpolate3d"] = "compared as the layer Upsample",
        ["Dropout3d"] = Random,
    };
}
