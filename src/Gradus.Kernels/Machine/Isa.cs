using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Kernels;

/// <summary>Which vector width the kernels run at. The choice changes speed, never bits.</summary>
internal static class Isa
{
    /// <summary>The widest vector in use, in bits: 512, 256 or 128.</summary>
    public static int Width => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Whether a multiply-add is one instruction. Else it is computed in software, to the same bits.</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;
}
