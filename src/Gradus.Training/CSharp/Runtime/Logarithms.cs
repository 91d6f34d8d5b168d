using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>Targets that were learnt as their logarithms.</summary>
internal static class Logarithms
{
    /// <summary>From z = ln(1 + y) to y = eᶻ − 1, z being at least 0.</summary>
    public static float Invert(float z)
    {
        var positive = z < 0 ? 0 : z;
        return Functions.Exp<Lanes128, Vector128<float>>(Vector128.Create(positive))[0] - 1;
    }
}
