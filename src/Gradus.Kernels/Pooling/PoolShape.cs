namespace Gradus.Kernels;

/// <summary>The sizes of a pooling: windows over each of <paramref name="Planes"/> planes.</summary>
internal readonly record struct PoolShape(
    int Planes, int Height, int Width, int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth,
    int PaddingHeight, int PaddingWidth, int DilationHeight = 1, int DilationWidth = 1)
{
    public int OutHeight => ConvShape.Extent(Height, KernelHeight, StrideHeight, PaddingHeight, DilationHeight);

    public int OutWidth => ConvShape.Extent(Width, KernelWidth, StrideWidth, PaddingWidth, DilationWidth);

    public nint InPlane => (nint)Height * Width;

    public nint OutPlane => (nint)OutHeight * OutWidth;

    /// <summary>Whether the windows are the 2 × 2 squares of the plane, for which there are vectorized loops.</summary>
    public bool IsHalving =>
        this is { KernelHeight: 2, KernelWidth: 2, StrideHeight: 2, StrideWidth: 2, PaddingHeight: 0, PaddingWidth: 0, DilationHeight: 1, DilationWidth: 1 };

    /// <summary>Shares the planes among the threads, several at a time where they are small.</summary>
    public void Share<TPlane>(in TPlane plane) where TPlane : struct, IPoolPlane
    {
        const long Grain = 32768;
        var step = (int)Math.Clamp(Grain / Math.Max(1, InPlane), 1, Math.Max(1, Planes));
        var job = new Job<TPlane>(plane, Planes, step);
        if ((long)Planes * InPlane <= 2 * Grain)
        {
            for (var index = 0; index < Planes; index++) plane.Run(index);
            return;
        }

        Workers.Run(((Planes - 1) / step) + 1, in job);
    }

    private readonly struct Job<TPlane>(TPlane plane, int planes, int step) : IJob where TPlane : struct, IPoolPlane
    {
        public void Run(int chunk)
        {
            var last = Math.Min(planes, (chunk + 1) * step);
            for (var index = chunk * step; index < last; index++) plane.Run(index);
        }
    }
}

/// <summary>The work on one plane.</summary>
internal interface IPoolPlane
{
    /// <summary>Does plane number <paramref name="index"/>.</summary>
    void Run(int index);
}

/// <summary>The part of a window along one axis that lies inside the plane: taps First … Last − 1, the first of them at position Start.</summary>
internal readonly struct PoolSpan
{
    public PoolSpan(int window, int size, int kernel, int stride, int padding, int dilation)
    {
        var begin = (window * stride) - padding;
        First = begin < 0 ? (-begin + dilation - 1) / dilation : 0;
        Last = Math.Min(kernel, begin >= size ? 0 : ((size - 1 - begin) / dilation) + 1);
        Start = begin + (First * dilation);
    }

    public int First { get; }

    public int Last { get; }

    public int Start { get; }
}
