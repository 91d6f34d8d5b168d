using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = x / (k + alpha/size · Σ x²)^beta, the sum going over the channels around each: [samples, channels, …]. Krizhevsky et al., 2012.</summary>
/// <param name="size">How many channels are summed over; beyond the first and the last there are zeros.</param>
/// <param name="alpha">Default 1e-4.</param>
/// <param name="beta">Default 0.75.</param>
/// <param name="k">Default 1.</param>
public sealed class LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double k = 1) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank < 3) throw Expect.Got("[samples, channels, ...] of at least three axes", input);
        var sums = Sums(input);
        var axes = Axes.Of(input.Shape, [1], true, "localResponseNorm");
        if (Reach.FactorsFor(input, axes, sums.AMax(1, keepDim: true), 0, input.DType == DType.Float64 ? 1e300 : 1e36) is not { } factors)
        {
            return input / ((sums * (alpha / size)) + k).Pow(beta);
        }

        // Of s·x: sums and k are s² times as large, the root s^2β times.
        var scaled = input * factors;
        return scaled * factors.Pow((2 * beta) - 1) / ((Sums(scaled) * (alpha / size)) + (factors.Square() * k)).Pow(beta);
    }

    private Tensor Sums(Tensor x) => x.Square().Pad(1, size / 2, (size - 1) / 2).Unfold(1, size).Sum(-1);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{size}, alpha {alpha}, beta {beta}, k {k}");
}
