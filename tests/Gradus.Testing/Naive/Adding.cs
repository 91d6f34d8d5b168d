namespace Gradus.Testing.Naive;

/// <summary>Zeros, to which numbers are added at positions.</summary>
internal static class Adding
{
    public static NArray At(int[] shape, IEnumerable<(int[] Position, double Value)> terms)
    {
        var sums = NArray.Positions(shape).ToDictionary(static position => string.Join(",", position), static _ => 0.0);
        foreach (var (position, value) in terms) sums[string.Join(",", position)] += value;
        return NArray.Build(shape, position => sums[string.Join(",", position)]);
    }
}
