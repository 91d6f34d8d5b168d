namespace Gradus.Nn;

/// <summary>What the convolutional layers have in common.</summary>
internal static class ConvParts
{
    /// <summary>The options of a layer, or the error that says why there is none.</summary>
    public static ConvOptions Options(string name, int inputs, int outputs, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation, int groups)
    {
        if (inputs < 1 || outputs < 1 || !kernel.IsAtLeast(1))
        {
            throw new GradusException(FormattableString.Invariant($"{name}: {inputs} → {outputs}, kernel {kernel}; all sizes must be at least 1."));
        }

        var options = new ConvOptions { Stride = stride, Padding = padding, Dilation = dilation, Groups = groups };
        options.Validate(name);
        if (inputs % groups == 0 && outputs % groups == 0) return options;
        throw new GradusException(FormattableString.Invariant($"{name}: {inputs} → {outputs} channels cannot be divided into {groups} groups."));
    }

    /// <summary>The input's channels in each group.</summary>
    public static int PerGroup(Tensor input, ConvOptions options) => input.Shape[1] % options.Groups == 0
        ? input.Shape[1] / options.Groups
        : throw Expect.Got(FormattableString.Invariant($"[samples, channels, ...] with channels divisible by {options.Groups}"), input);

    /// <summary>As a layer is printed: <c>1 → 32, 3×3, padding 1</c>.</summary>
    public static string Describe(string inputs, string outputs, string kernel, ConvOptions options, bool bias)
    {
        var rest = options.ToString();
        return FormattableString.Invariant($"{inputs} → {outputs}, {kernel}{(rest.Length == 0 ? "" : ", " + rest)}{(bias ? "" : ", no bias")}");
    }
}
