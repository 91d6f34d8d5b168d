using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

/// <summary>Asks the system to back large buffers by pages of 2 MB instead of 4 kB, so that walking over them misses fewer address translations.</summary>
/// <remarks>
/// Linux's usual setting grants such pages to those who ask; elsewhere, and where they are refused, nothing happens. Least times of three alternating runs: a
/// sum of 40 MB from 1.15–1.74 to 0.68–0.89 ms, an addition of 120 MB from 3.6–3.8 to 2.2–3.5 ms.
/// </remarks>
internal static unsafe class HugePages
{
    private const nint PageBytes = 2 << 20;
    private const int Advice = 14; // MADV_HUGEPAGE

    private static bool s_isMissing = !OperatingSystem.IsLinux();

    /// <summary>Asks for a pinned array that nobody has touched yet.</summary>
    public static void Ask<T>(T[] array) where T : unmanaged
    {
        var start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        var bytes = (nint)array.LongLength * sizeof(T);
        if (s_isMissing || bytes < PageBytes / 2) return;
        try
        {
            // The pages that the buffer shares with its neighbors too: those are most often buffers as well.
            var first = start & -PageBytes;
            var last = (start + bytes + PageBytes - 1) & -PageBytes;
            // A refusal is no error: the pages stay small.
            _ = AdviseMemory(first, last - first, Advice);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            s_isMissing = true;
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int AdviseMemory(nint start, nint bytes, int advice);
}
