using Gradus.Kernels;

namespace Gradus;

/// <summary>What Gradus computes with. None of it changes a bit of any result.</summary>
public static class Compute
{
    /// <summary>
    /// Threads that take part in an operation, the caller's included. Default: the environment variable GRADUS_THREADS, else one for each processor.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 1,024.</exception>
    public static int Threads
    {
        get => Workers.Count;
        set => Workers.Count = value;
    }

    /// <summary>The width of the vectors in use, in bits: 512, 256 or 128.</summary>
    public static int VectorBits => Isa.Width;

    /// <summary>
    /// Whether the code in use multiplies and adds by one instruction. If not, all results are the same, more than a hundred times slower: the processor is
    /// older than 2013, or the program was compiled ahead of time for one that is.
    /// </summary>
    public static bool HasFusedMultiplyAdd => Isa.HasFusedMultiplyAdd;

    /// <summary>The most floating-point operations a second of float32 that <see cref="Threads"/> threads reach by fused multiply-adds: measured now.</summary>
    internal static double MeasureMultiplyAdds() => Peak.MultiplyAdds();

    /// <summary>The most bytes a second between memory and <see cref="Threads"/> threads: measured now.</summary>
    internal static double MeasureMemoryBandwidth() => Peak.MemoryBandwidth();
}
