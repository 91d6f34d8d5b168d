namespace Gradus;

/// <summary>How the windows of a convolution over volumes lie.</summary>
public sealed record Conv3dOptions
{
    /// <summary>Stride 1, no padding, dilation 1, one group.</summary>
    public static Conv3dOptions Default { get; } = new();

    /// <summary>Positions from one window to the next. Default: 1.</summary>
    public Size3 Stride { get; init; } = 1;

    /// <summary>Zeros around the volume, on each side. Default: 0.</summary>
    public Size3 Padding { get; init; } = 0;

    /// <summary>Positions from one tap of the kernel to the next. Default: 1, without gaps.</summary>
    public Size3 Dilation { get; init; } = 1;

    /// <summary>Into how many groups the channels are divided, each with filters of its own. Default: 1.</summary>
    public int Groups { get; init; } = 1;

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

    /// <summary>What is left along height and width, once the depth is taken apart.</summary>
    internal ConvOptions Plane => new() { Stride = Stride.Plane, Padding = Padding.Plane, Dilation = Dilation.Plane, Groups = Groups };

    internal void Validate(string operation)
    {
        if (Stride.IsAtLeast(1) && Padding.IsAtLeast(0) && Dilation.IsAtLeast(1) && Groups >= 1) return;
        throw new GradusException(
            FormattableString.Invariant($"{operation}: stride {Stride}, padding {Padding}, dilation {Dilation}, {Groups} groups; ") +
            "expected a stride, a dilation and a number of groups of at least 1, and no negative padding.");
    }
}
