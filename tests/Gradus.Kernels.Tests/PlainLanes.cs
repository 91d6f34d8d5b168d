namespace Gradus.Kernels.Tests;

/// <summary>
/// The order in which a row is summed, in plain loops: element j belongs to lane j mod 64; lane i + 32 is added to lane i, then lane i + 16, and so on.
/// </summary>
internal static class PlainLanes
{
    /// <summary>Folds the elements 0 … n − 1 into lanes that begin with zero, by adding each to what its lane holds.</summary>
    public static T Sum<T>(int n, Func<int, T, T> add) where T : struct, System.Numerics.INumber<T>
    {
        var lanes = new T[64];
        for (var j = 0; j < n; j++) lanes[j % 64] = add(j, lanes[j % 64]);
        for (var half = 32; half > 0; half /= 2)
        {
            for (var lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
        }

        return lanes[0];
    }
}
