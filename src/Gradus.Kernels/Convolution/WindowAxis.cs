namespace Gradus.Kernels;

/// <summary>Where the windows of one axis lie in the source, and where their results go.</summary>
/// <remarks>
/// Tap i of window t reads source position Start + t·Step + TapFirst + i·TapStep; the smallest over all taps is Start + t·Step. What lies outside the source is
/// zero.
/// </remarks>
internal readonly record struct WindowAxis
{
    /// <summary>The number of windows.</summary>
    public int Count { get; init; }

    /// <summary>Source positions from one window to the next.</summary>
    public int Step { get; init; }

    /// <summary>The source position where window 0 begins; negative in the padding.</summary>
    public int Start { get; init; }

    /// <summary>The number of taps.</summary>
    public int Taps { get; init; }

    /// <summary>Where in its window the first tap reads.</summary>
    public int TapFirst { get; init; }

    /// <summary>Positions from one tap to the next; negative where the kernel runs backwards.</summary>
    public int TapStep { get; init; }

    /// <summary>The first tap's place in the kernel.</summary>
    public int KernelFirst { get; init; }

    /// <summary>Places in the kernel from one tap to the next.</summary>
    public int KernelStep { get; init; }

    /// <summary>Where window 0's result goes.</summary>
    public int TargetFirst { get; init; }

    /// <summary>Positions in the target from one window to the next.</summary>
    public int TargetStep { get; init; }

    /// <summary>Source positions that one window covers.</summary>
    public int Span => ((Taps - 1) * Math.Abs(TapStep)) + 1;

    /// <summary>Source positions that <paramref name="windows"/> neighboring windows cover.</summary>
    public int Cover(int windows) => ((windows - 1) * Step) + Span;

    /// <summary>Whether every tap of every window lies inside a source of this size.</summary>
    public bool IsInside(int size) => Start >= 0 && Start + Cover(Count) <= size;

    /// <summary>An axis that covers the source positions of all of these.</summary>
    public static WindowAxis Hull(ReadOnlySpan<WindowAxis> axes)
    {
        int start = int.MaxValue, end = int.MinValue;
        foreach (ref readonly var axis in axes)
        {
            start = Math.Min(start, axis.Start);
            end = Math.Max(end, axis.Start + axis.Cover(axis.Count));
        }

        return new() { Start = start, Count = end - start, Step = 1, Taps = 1 };
    }

    /// <summary>The windows of a forward pass.</summary>
    public static WindowAxis Forward(int size, int kernel, int stride, int padding, int dilation) => new()
    {
        Count = ConvShape.Extent(size, kernel, stride, padding, dilation),
        Step = stride,
        Start = -padding,
        Taps = kernel,
        TapStep = dilation,
        KernelStep = 1,
        TargetStep = 1,
    };

    /// <summary>The windows, over the outputs, of those inputs whose padded position is <paramref name="phase"/> modulo the stride.</summary>
    /// <remarks>
    /// Input i = stride·t + phase − padding meets tap k where k·dilation ≡ phase (mod stride), at output t − (k·dilation − phase) / stride. So each phase is a
    /// convolution with stride 1 over the taps that meet it: no term is multiplied by a zero between outputs, and no two results are added to the same place.
    /// </remarks>
    public static WindowAxis Backward(int size, int kernel, int stride, int padding, int dilation, int phase)
    {
        var skipped = Math.Max(0, (padding - phase + stride - 1) / stride);
        var first = (stride * skipped) + phase - padding;
        var count = first >= size ? 0 : ((size - first - 1) / stride) + 1;
        var start = 0;
        while (start < kernel && (long)start * dilation % stride != phase) start++;
        var step = 1;
        while ((long)step * dilation % stride != 0) step++;
        var taps = start >= kernel ? 0 : ((kernel - start - 1) / step) + 1;
        var between = dilation * step / stride;
        var nearest = taps == 0 ? 0 : ((start * dilation) - phase) / stride;
        return new()
        {
            Count = count,
            Step = 1,
            Start = taps == 0 ? 0 : skipped - nearest - ((taps - 1) * between),
            Taps = taps,
            TapFirst = Math.Max(0, taps - 1) * between,
            TapStep = taps == 0 ? 0 : -between,
            KernelFirst = start,
            KernelStep = step,
            TargetFirst = first,
            TargetStep = stride,
        };
    }
}
