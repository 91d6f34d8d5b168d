namespace Gradus.Data;

/// <summary>The Beta distribution with equal parameters, with the same bits on every machine.</summary>
internal static class Beta
{
    /// <summary>A number from Beta(α, α).</summary>
    public static double Symmetric(double alpha, SampleRandom random) => alpha < 1 ? Outward(alpha, random) : Inward(alpha, random);

    /// <summary>Jöhnk 1964: of u^(1/α) and v^(1/α), where they make up at most 1, the one's share of both.</summary>
    private static double Outward(double alpha, SampleRandom random)
    {
        while (true)
        {
            var x = PortableMath.Pow(random.NextDouble(), 1 / alpha);
            var y = PortableMath.Pow(random.NextDouble(), 1 / alpha);
            if (x + y is > 0 and <= 1) return x / (x + y);
        }
    }

    /// <summary>A uniform number, taken with a probability of its density over that of one half, the largest.</summary>
    private static double Inward(double alpha, SampleRandom random)
    {
        while (true)
        {
            var x = random.NextDouble();
            if (random.NextDouble() < PortableMath.Pow(4 * x * (1 - x), alpha - 1)) return x;
        }
    }
}
