namespace Gradus.Kernels;

/// <summary>Sums over windows: target[n, g, lane, t, u] = Σ over (inner, tap row, tap column) of source · weight, + bias[g, lane].</summary>
/// <remarks>A convolution's forward pass is one of these; its gradient to the input is one for each phase of the strides.</remarks>
internal unsafe struct WindowProduct<T>
    where T : unmanaged
{
    /// <summary>The windows along the height.</summary>
    public WindowAxis Vertical;

    /// <summary>The windows along the width.</summary>
    public WindowAxis Horizontal;

    public int Images;

    public int Groups;

    /// <summary>Channels of the source in a group.</summary>
    public int Inner;

    /// <summary>Channels of the target in a group.</summary>
    public int Lanes;

    /// <summary>[images, groups · inner, height, width].</summary>
    public T* Source;

    public int Height;

    public int Width;

    public T* Weights;

    /// <summary>Elements from the weights of one group to those of the next.</summary>
    public nint WeightGroup;

    /// <summary>Elements from the weights of one target channel to those of the next.</summary>
    public nint WeightLane;

    /// <summary>Elements from the weights of one source channel to those of the next.</summary>
    public nint WeightInner;

    public int KernelWidth;

    /// <summary>[groups · lanes], or null.</summary>
    public T* Bias;

    /// <summary>[images, groups · lanes, target height, target width].</summary>
    public T* Target;

    public int TargetHeight;

    public int TargetWidth;

    /// <summary>The terms of each sum.</summary>
    public readonly int Terms => TermsAlong(in Horizontal);

    /// <summary>The terms of each sum if these are the windows along the width.</summary>
    public readonly int TermsAlong(in WindowAxis horizontal) => Inner * Vertical.Taps * horizontal.Taps;

    /// <summary>The number of sums.</summary>
    public readonly long Results => (long)Images * Groups * Lanes * Vertical.Count * Horizontal.Count;

    public readonly nint TargetPlane => (nint)TargetHeight * TargetWidth;

    /// <summary>Where a tap's weight lies in the kernel.</summary>
    public readonly nint Tap(int row, int column) =>
        ((Vertical.KernelFirst + (row * Vertical.KernelStep)) * (nint)KernelWidth) + Horizontal.KernelFirst + (column * Horizontal.KernelStep);
}

/// <summary>How a <see cref="WindowProduct{T}"/> is cut into chunks, and how the source lies in a chunk. Follows from the shape alone.</summary>
internal readonly struct WindowPlan
{
    // The part of the source that a chunk reads stays in the second-level cache beside a panel of weights.
    private const int BandBytes = 192 << 10;
    private const int WantedChunks = 16;
    private const int FewestRows = 4;

    /// <summary>
    /// Cuts the work on <paramref name="units"/> images or groups. Given a pitch, the source is always copied, in rows of <paramref name="pitch"/> elements.
    /// </summary>
    public WindowPlan(
        in WindowAxis vertical, in WindowAxis horizontal, int height, int width, int inner, int units, int panels, int elementSize, int? pitch = null)
    {
        InPlace = pitch is null && vertical.IsInside(height) && horizontal.IsInside(width);
        Pitch = InPlace ? width : pitch ?? horizontal.Cover(horizontal.Count);
        var rowBytes = Math.Max(1L, (long)inner * Pitch * elementSize);
        var rows = (int)Math.Clamp(((BandBytes / rowBytes) - vertical.Span) / vertical.Step + 1, 1, vertical.Count);
        while ((long)units * (((vertical.Count - 1) / rows) + 1) < WantedChunks && rows > FewestRows) rows = (rows + 1) / 2;
        Bands = ((vertical.Count - 1) / rows) + 1;
        BandRows = ((vertical.Count - 1) / Bands) + 1;
        Bands = ((vertical.Count - 1) / BandRows) + 1;
        Plane = InPlace ? (nint)height * width : PaddedBand.Plane(vertical.Cover(BandRows), Pitch, elementSize);
        Parts = (int)Math.Clamp(WantedChunks / Math.Max(1, (long)units * Bands), 1, panels);
    }

    /// <summary>Whether no window reaches into the padding, so that the source is read where it lies.</summary>
    public bool InPlace { get; }

    /// <summary>Elements from one row of the source to the next.</summary>
    public int Pitch { get; }

    /// <summary>Elements from one channel of the source to the next.</summary>
    public nint Plane { get; }

    /// <summary>Rows of windows in a band.</summary>
    public int BandRows { get; }

    /// <summary>Bands in an image.</summary>
    public int Bands { get; }

    /// <summary>Into how many parts the target's channels are cut.</summary>
    public int Parts { get; }
}
