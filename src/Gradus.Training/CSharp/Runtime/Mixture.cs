using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>The prediction of several members for classes.</summary>
internal static class Mixture
{
    /// <summary>ln of the mean of the members' probabilities, from a row of logits of each member. The logits are used up.</summary>
    /// <param name="x">The logits.</param>
    /// <param name="columns">The classes.</param>
    /// <param name="pitch">From one member to the next, a multiple of 16.</param>
    /// <param name="logOfMembers">ln of the number of members.</param>
    /// <param name="z">The result.</param>
    public static void LogOfMean(Span<float> x, int columns, int pitch, float logOfMembers, Span<float> z)
    {
        var rows = x.Length / pitch;
        for (var row = 0; row < rows; row++) LogSoftmax(x.Slice(row * pitch, columns), z[..columns]);
        if (Vector512.IsHardwareAccelerated) FromGreatest<Lanes512, Vector512<float>>(x, z);
        else if (Vector256.IsHardwareAccelerated) FromGreatest<Lanes256, Vector256<float>>(x, z);
        else FromGreatest<Lanes128, Vector128<float>>(x, z);
        Sums.Exp(x, 0, 1);
        Sums.OfRows(x, rows, pitch);
        for (var column = 0; column < columns; column++) z[column] = Logarithm.Of(x[column]) + z[column] - logOfMembers;
    }

    /// <summary>x ← (x − max x) − ln Σ e^(x − max x).</summary>
    private static void LogSoftmax(Span<float> x, Span<float> powers)
    {
        var max = Sums.Max(x);
        x.CopyTo(powers);
        Sums.Exp(powers, max, 1);
        var logOfSum = Logarithm.Of(Sums.Of(powers));
        for (var column = 0; column < x.Length; column++) x[column] = x[column] - max - logOfSum;
    }

    /// <summary>z = the greatest of each column of x, whose rows are as long as z; x ← x − z.</summary>
    private static void FromGreatest<S, V>(Span<float> x, Span<float> z) where S : ILanes<V> where V : struct
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(z);
        for (nint column = 0; column < z.Length; column += S.Width)
        {
            var greatest = S.Load(ref from, column);
            for (nint at = column + z.Length; at < x.Length; at += z.Length) greatest = Functions.Greater<S, V>(greatest, S.Load(ref from, at));
            for (nint at = column; at < x.Length; at += z.Length) S.Store(S.Subtract(S.Load(ref from, at), greatest), ref from, at);
            S.Store(greatest, ref to, column);
        }
    }
}
