using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>Which vector width the kernels run at. The choice changes speed, never bits.</summary>
internal static class Isa
{
    /// <summary>The widest vector in use, in bits: 512, 256 or 128.</summary>
    public static int Width => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
