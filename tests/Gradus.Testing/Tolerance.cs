namespace Gradus.Testing;

/// <summary>How far a result may be from the reference: relative to it, or absolutely, whichever allows more.</summary>
internal readonly record struct Tolerance(double Relative, double Absolute)
{
    /// <summary>Of functions of single elements: a few units in the last place, down to the smallest numbers.</summary>
    public static Tolerance Elementwise(DType dtype) => dtype switch
    {
        DType.Float32 => new(4e-7, 5e-45),
        DType.Float64 => new(2e-15, 1.5e-323),
        _ => default,
    };

    /// <summary>Of results that sum, or subtract, several terms of size about 1.</summary>
    public static Tolerance Accumulated(DType dtype) => dtype switch
    {
        DType.Float32 => new(2e-6, 2e-6),
        DType.Float64 => new(1e-14, 1e-14),
        _ => default,
    };

    /// <summary>What is wrong with a result, or null.</summary>
    public string? Compare(NArray expected, NArray actual)
    {
        if (!expected.Shape.SequenceEqual(actual.Shape)) return $"shape [{string.Join(",", actual.Shape)}], expected [{string.Join(",", expected.Shape)}]";
        for (var index = 0; index < expected.Values.Length; index++)
        {
            double want = expected.Values[index], got = actual.Values[index];
            if (want.Equals(got) || Math.Abs(got - want) <= Math.Max(Relative * Math.Abs(want), Absolute)) continue;
            return FormattableString.Invariant($"element {index} of [{string.Join(",", expected.Shape)}] is {got:R}, expected {want:R}");
        }

        return null;
    }
}
