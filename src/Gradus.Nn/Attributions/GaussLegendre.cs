namespace Gradus.Nn;

/// <summary>Integration over [0, 1] by a weighted sum of values at n points, exact for polynomials of degree 2n − 1.</summary>
internal static class GaussLegendre
{
    // Newton doubles the digits at each step, and begins with three or more.
    private const int NewtonSteps = 6;

    /// <summary>The points, in ascending order, with their weights, which add up to 1.</summary>
    public static (double Point, double Weight)[] Rule(int count)
    {
        // The roots of the Legendre polynomial lie near these cosines. The engine's, since the platform's differ in their last bits.
        var guesses = ((Tensor.Arange(1.0, count + 1, dtype: DType.Float64) - 0.25) * (Math.PI / (count + 0.5))).Cos().ToArray<double>();
        var rule = new (double, double)[count];
        for (var index = 0; index < count; index++)
        {
            var root = guesses[index];
            double slope = 0;
            for (var step = 0; step < NewtonSteps; step++)
            {
                (var value, slope) = Polynomial(count, root);
                root -= value / slope;
            }

            (_, slope) = Polynomial(count, root);
            // From [−1, 1] to [0, 1], which halves the weights; the cosines descend.
            rule[count - 1 - index] = ((1 + root) / 2, 1 / ((1 - (root * root)) * slope * slope));
        }

        return rule;
    }

    /// <summary>The Legendre polynomial of a degree, and its slope.</summary>
    private static (double Value, double Slope) Polynomial(int degree, double x)
    {
        double value = x, before = 1;
        for (var n = 2; n <= degree; n++) (value, before) = (((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n, value);
        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
