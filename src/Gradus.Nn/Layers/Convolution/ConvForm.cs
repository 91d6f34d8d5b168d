namespace Gradus.Nn;

/// <summary>How the windows of a convolution lie, along one, two or three axes: what all its kinds of layers have in common.</summary>
internal sealed class ConvForm
{
    private readonly Size3 _kernel;
    private readonly Conv3dOptions _inner;
    private readonly ConvOptions _innerPlane;

    /// <summary>Windows of lines, along the width.</summary>
    public ConvForm(int kernel, WindowOptions<int> options, int groups = 1, PadMode mode = PadMode.Constant)
        : this(1, kernel, Windows(options.Stride ?? 1, options.Padding, options.Dilation ?? 1, groups), mode)
    {
    }

    /// <summary>Windows of images.</summary>
    public ConvForm(Size2 kernel, WindowOptions<Size2> options, int groups = 1, PadMode mode = PadMode.Constant)
        : this(2, kernel.Deep(1), Windows((options.Stride ?? 1).Deep(1), options.Padding.Deep(0), (options.Dilation ?? 1).Deep(1), groups), mode)
    {
    }

    /// <summary>Windows of volumes.</summary>
    public ConvForm(Size3 kernel, WindowOptions<Size3> options, int groups = 1, PadMode mode = PadMode.Constant)
        : this(3, kernel, Windows(options.Stride ?? 1, options.Padding, options.Dilation ?? 1, groups), mode)
    {
    }

    private ConvForm(int axes, Size3 kernel, Conv3dOptions windows, PadMode mode)
    {
        (Axes, _kernel, Volume, Plane, PaddingMode) = (axes, kernel, windows, windows.Plane, mode);
        // Padding that is not of zeros is part of the input that the kernels see.
        _inner = mode == PadMode.Constant ? windows : windows with { Padding = 0 };
        _innerPlane = _inner.Plane;
    }

    /// <summary>How many axes a window has.</summary>
    public int Axes { get; }

    /// <summary>The options of volumes, which hold those of lines and images.</summary>
    public Conv3dOptions Volume { get; }

    /// <summary>Into how many groups the channels are divided.</summary>
    public int Groups => Volume.Groups;

    /// <summary>The options of lines and images.</summary>
    public ConvOptions Plane { get; }

    /// <summary>What the padding holds.</summary>
    public PadMode PaddingMode { get; }

    /// <summary>The shape of a weight: two sizes and the kernel's.</summary>
    public PendingShape Weight(int first, int second) => Axes switch
    {
        1 => PendingShape.Of(first, second, _kernel.Width),
        2 => PendingShape.Of(first, second, _kernel.Height, _kernel.Width),
        _ => PendingShape.Of(first, second, _kernel.Depth, _kernel.Height, _kernel.Width),
    };

    /// <summary>The same windows of other groups.</summary>
    public ConvForm Grouped(int groups) => new(Axes, _kernel, Volume with { Groups = groups }, PaddingMode);

    /// <summary>Refuses sizes and channels of which no layer can be made.</summary>
    public ConvForm Check(string name, int inputs, int outputs)
    {
        if (inputs < 1 || outputs < 1 || !_kernel.IsAtLeast(1))
        {
            throw new GradusException(FormattableString.Invariant($"{name}: {inputs} → {outputs}, kernel {Sizes(_kernel)}; all sizes must be at least 1."));
        }

        if (Axes == 3) Volume.Validate(name);
        else Plane.Validate(name);
        if (inputs % Groups == 0 && outputs % Groups == 0) return this;
        throw new GradusException(FormattableString.Invariant($"{name}: {inputs} → {outputs} channels cannot be divided into {Groups} groups."));
    }

    /// <summary>Whether an input has the right number of axes.</summary>
    public bool Has(Tensor input) => input.Rank == 2 + Axes;

    /// <summary>The error of an input that does not fit.</summary>
    public GradusException Got(string channels, Tensor input) => Expect.Got(Expect.Form(channels, Axes), input);

    /// <summary>The convolution.</summary>
    public Tensor Convolve(Tensor input, Tensor weight, Tensor? bias)
    {
        if (PaddingMode != PadMode.Constant) input = Pad(input);
        return Axes switch
        {
            1 => input.Conv1d(weight, bias, _innerPlane),
            2 => input.Conv2d(weight, bias, _innerPlane),
            _ => input.Conv3d(weight, bias, _inner),
        };
    }

    /// <summary>Its adjoint.</summary>
    public Tensor Transpose(Tensor input, Tensor weight, Tensor? bias, Size3 outputPadding) => Axes switch
    {
        1 => input.ConvTranspose1d(weight, bias, Plane, outputPadding.Width),
        2 => input.ConvTranspose2d(weight, bias, Plane, outputPadding.Plane),
        _ => input.ConvTranspose3d(weight, bias, Volume, outputPadding),
    };

    /// <summary>As a layer is printed: <c>1 → 32, 3×3, padding 1</c>.</summary>
    public string Describe(string inputs, string outputs, bool bias)
    {
        var rest = Axes == 3 ? Volume.ToString() : Plane.ToString();
        return $"{inputs} → {outputs}, {Sizes(_kernel)}{(rest.Length == 0 ? "" : ", " + rest)}{(bias ? "" : ", no bias")}";
    }

    /// <summary>As many sizes as there are axes.</summary>
    public string Sizes(Size3 size) => Axes switch { 1 => FormattableString.Invariant($"{size.Width}"), 2 => size.Plane.ToString(), _ => size.ToString() };

    private static Conv3dOptions Windows(Size3 stride, Size3 padding, Size3 dilation, int groups) =>
        new() { Stride = stride, Padding = padding, Dilation = dilation, Groups = groups };

    private Tensor Pad(Tensor input)
    {
        var padding = Volume.Padding;
        ReadOnlySpan<(int, int)> widths = [(padding.Depth, padding.Depth), (padding.Height, padding.Height), (padding.Width, padding.Width)];
        return input.Pad(widths[^Axes..], PaddingMode);
    }
}
