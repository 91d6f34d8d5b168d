namespace Gradus;

/// <summary>How the windows of a convolution lie.</summary>
public sealed record ConvOptions : IOperatorArguments
{
    /// <summary>Stride 1, no padding, dilation 1, one group.</summary>
    public static ConvOptions Default { get; } = new();

    /// <summary>Positions from one window to the next. Default: 1.</summary>
    public Size2 Stride { get; init; } = 1;

    /// <summary>Zeros around the image, on each side. Default: 0.</summary>
    public Size2 Padding { get; init; } = 0;

    /// <summary>Positions from one tap of the kernel to the next. Default: 1, without gaps.</summary>
    public Size2 Dilation { get; init; } = 1;

    /// <summary>Into how many groups the channels are divided, each with filters of its own. Default: 1.</summary>
    public int Groups { get; init; } = 1;

    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named =>
        [new("stride", Stride), new("padding", Padding), new("dilation", Dilation), new("groups", Groups)];

    /// <summary>The options that differ from the default: <c>stride 2, padding 1</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Stride != 1) parts.Add($"stride {Stride.ToShortString()}");
        if (Padding != 0) parts.Add($"padding {Padding.ToShortString()}");
        if (Dilation != 1) parts.Add($"dilation {Dilation.ToShortString()}");
        if (Groups != 1) parts.Add(FormattableString.Invariant($"{Groups} groups"));
        return string.Join(", ", parts);
    }

    /// <summary>The same along the width, and nothing along the height: for an image of one row.</summary>
    internal ConvOptions AlongWidth() => this with { Stride = (1, Stride.Width), Padding = (0, Padding.Width), Dilation = (1, Dilation.Width) };

    internal void Validate(string operation)
    {
        if (Stride.IsAtLeast(1) && Padding.IsAtLeast(0) && Dilation.IsAtLeast(1) && Groups >= 1) return;
        throw new GradusException(
            FormattableString.Invariant($"{operation}: stride {Stride}, padding {Padding}, dilation {Dilation}, {Groups} groups; ") +
            "expected a stride, a dilation and a number of groups of at least 1, and no negative padding.");
    }
}
