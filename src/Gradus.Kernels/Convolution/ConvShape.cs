namespace Gradus.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution. Images are [images, channels, height, width], weights [filters, channels / groups, kernel height, kernel width].
/// </summary>
internal readonly record struct ConvShape(
    int Images, int Channels, int Height, int Width, int Filters, int KernelHeight, int KernelWidth,
    int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth, int DilationHeight, int DilationWidth, int Groups)
{
    public int OutHeight => Extent(Height, KernelHeight, StrideHeight, PaddingHeight, DilationHeight);

    public int OutWidth => Extent(Width, KernelWidth, StrideWidth, PaddingWidth, DilationWidth);

    public int GroupChannels => Channels / Groups;

    public int GroupFilters => Filters / Groups;

    public int Taps => KernelHeight * KernelWidth;

    public nint InPlane => (nint)Height * Width;

    public nint OutPlane => (nint)OutHeight * OutWidth;

    public nint InImage => Channels * InPlane;

    public nint OutImage => Filters * OutPlane;

    /// <summary>Weights of one filter: the terms of each sum of the forward pass.</summary>
    public int FilterSize => GroupChannels * Taps;

    /// <summary>Multiply-adds of the forward pass, padding included.</summary>
    public long Work => Images * OutImage * FilterSize;

    /// <summary>How many windows fit along an axis; 0 or less where none does.</summary>
    public static int Extent(int size, int kernel, int stride, int padding, int dilation)
    {
        var room = size + (2L * padding) - ((long)dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : checked((int)(room / stride) + 1);
    }
}
