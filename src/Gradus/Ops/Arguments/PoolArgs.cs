namespace Gradus.Operators;

/// <summary>How the windows of a pooling lie.</summary>
/// <param name="Kernel">The size of a window.</param>
/// <param name="Stride">Positions from one window to the next.</param>
/// <param name="Padding">Positions around the image, on each side.</param>
/// <param name="Dilation">Positions from one tap of a window to the next.</param>
/// <param name="CountPadding">Whether the padding counts as zeros in a mean.</param>
public readonly record struct PoolArgs(Size2 Kernel, Size2 Stride, Size2 Padding, Size2 Dilation, bool CountPadding) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named =>
        [new("kernel", Kernel), new("stride", Stride), new("padding", Padding), new("dilation", Dilation), new("countPadding", CountPadding)];

    /// <summary>Says what the windows are: <c>2×2, stride 2</c>.</summary>
    public override string ToString() =>
        $"{Kernel}, stride {Stride.ToShortString()}" +
        (Padding == 0 ? "" : $", padding {Padding.ToShortString()}") +
        (Dilation == 1 ? "" : $", dilation {Dilation.ToShortString()}");
}
