namespace Gradus.Kernels;

/// <summary>How the sum for a weight's gradient is cut. Follows from the shape alone.</summary>
internal readonly struct WeightGradientPlan
{
    /// <summary>The longest chain of multiply-adds, where an image has not longer rows.</summary>
    public const int LongestChain = 512;

    // What a band of the image may take of the second-level cache beside the band of the gradient.
    private const int BandBytes = 512 << 10;
    private const int WantedChunks = 16;
    private const long PartialBytes = 16 << 20;

    public WeightGradientPlan(in ConvShape shape, int tileColumns, int elementSize)
    {
        Vertical = WindowAxis.Forward(shape.Height, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight);
        Horizontal = WindowAxis.Forward(shape.Width, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth);
        Pitch = Horizontal.Cover(Horizontal.Count);
        // The lines of an image's band are counted in bytes of float64, so that both types are cut alike whatever the vectors.
        var rowBytes = Math.Max(1L, (long)shape.GroupChannels * Pitch * sizeof(double));
        var rows = (int)Math.Clamp(((BandBytes / rowBytes) - Vertical.Span) / Vertical.Step + 1, 1, Math.Max(1, LongestChain / Horizontal.Count));
        rows = Math.Min(rows, Vertical.Count);
        Bands = ((Vertical.Count - 1) / rows) + 1;
        BandRows = ((Vertical.Count - 1) / Bands) + 1;
        Bands = ((Vertical.Count - 1) / BandRows) + 1;
        Plane = PaddedBand.Plane(Vertical.Cover(BandRows), Pitch, elementSize);

        var weights = Math.Max(1L, (long)shape.Filters * shape.FilterSize * sizeof(double));
        var shares = (int)Math.Clamp(PartialBytes / weights, 1, Math.Min(shape.Images, WantedChunks));
        ShareImages = ((shape.Images - 1) / shares) + 1;
        Shares = ((shape.Images - 1) / ShareImages) + 1;
        Panels = ((shape.GroupFilters - 1) / tileColumns) + 1;
        Parts = Math.Clamp(WantedChunks / (Shares * shape.Groups), 1, Panels);
        ByColumns = shape.KernelWidth > shape.GroupChannels;
    }

    public WindowAxis Vertical { get; }

    public WindowAxis Horizontal { get; }

    /// <summary>Elements from one row of the padded image to the next.</summary>
    public int Pitch { get; }

    /// <summary>Elements from one channel of the padded image to the next.</summary>
    public nint Plane { get; }

    /// <summary>Rows of the gradient in a band.</summary>
    public int BandRows { get; }

    /// <summary>Bands in an image.</summary>
    public int Bands { get; }

    /// <summary>Into how many shares the batch is cut, each with partial sums of its own.</summary>
    public int Shares { get; }

    /// <summary>The images of a share.</summary>
    public int ShareImages { get; }

    /// <summary>Panels of filters in a group; these follow from the width of the vectors, and no sum goes across them.</summary>
    public int Panels { get; }

    /// <summary>Into how many chunks the panels of a share are cut: as few as make enough of them, since each chunk makes its own copy of the image.</summary>
    public int Parts { get; }

    /// <summary>Whether the rows of a tile are the columns of the kernel rather than channels: where there are few channels, as in a first layer.</summary>
    public bool ByColumns { get; }
}
