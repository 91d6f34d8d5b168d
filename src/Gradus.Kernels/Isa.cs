using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>Which vector width the kernels run at. The choice changes speed, never bits.</summary>
internal static class Isa
{
    /// <summary>Whether 512-bit vectors are used.</summary>
    public static bool Has512 => Vector512.IsHardwareAccelerated;

    /// <summary>Whether 256-bit vectors are used.</summary>
    public static bool Has256 => Vector256.IsHardwareAccelerated;

    /// <summary>Whether the processor multiplies and adds in one rounding. Without it the software fallback gives the same bits, slowly.</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;

    /// <summary>The widest vector in use, for reports: "512", "256" or "128" bits.</summary>
    public static string Width => Has512 ? "512" : Has256 ? "256" : "128";
}
