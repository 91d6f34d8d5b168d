namespace Gradus.Nn;

/// <summary>What layers say of an input that does not fit. The path of the layer is put before it.</summary>
internal static class Expect
{
    /// <summary><c>expected [batch, time, 128], got f32[32,64,100].</c></summary>
    public static GradusException Got(string expected, Tensor input) => new($"expected {expected}, got {input.Describe()}.");

    /// <summary>Refuses sizes below 1.</summary>
    public static void Positive(string layer, string name, int size)
    {
        if (size < 1) throw new GradusException(FormattableString.Invariant($"{layer}: {name} {size}; it must be at least 1."));
    }

    /// <summary>Refuses probabilities outside [0, 1).</summary>
    public static void Probability(string layer, double probability)
    {
        if (!(probability is >= 0 and < 1)) throw new GradusException(FormattableString.Invariant($"{layer}: probability {probability} is outside [0, 1)."));
    }
}
