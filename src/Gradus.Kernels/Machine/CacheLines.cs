using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>
/// Asks the processor for memory that will soon be read or written. A hint: any address may be given, and nothing happens where there is no such instruction.
/// </summary>
internal static unsafe class CacheLines
{
    /// <summary>Bytes of a line.</summary>
    public const int Bytes = 64;

    /// <summary>Asks for the line of an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }
}
