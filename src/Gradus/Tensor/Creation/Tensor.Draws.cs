namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>1 with the probability that each element is, else 0, in this tensor's type. No gradient flows through a draw.</summary>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">A probability is outside [0, 1], or the type is not floating point.</exception>
    public Tensor Bernoulli(Generator? generator = null)
    {
        if (!DType.IsFloat) throw NotFloating("bernoulli", DType);
        var probability = Detach();
        if (((probability >= 0) & (probability <= 1)).All().Item() == 0)
        {
            throw new GradusException($"bernoulli: got {Describe()} with elements outside [0, 1], expected probabilities. Sigmoid makes some of any numbers.");
        }

        // In float64, where a uniform number has 53 bits: in float32 a probability below 2⁻²⁴ would come out as that or 0.
        return (Rand(Shape, DType.Float64, generator) < probability.To(DType.Float64)).To(DType);
    }

    /// <summary>
    /// Positions drawn by weight: [n] → [count], or [rows, n] → [rows, count] (i64), each row by its own weights, which need not add up to 1.
    /// </summary>
    /// <remarks>
    /// With replacement by the running sum of the weights; without, the positions with the greatest weight / e, e being exponential: the order is that of
    /// drawing one after the other (Efraimidis and Spirakis, 2006).
    /// </remarks>
    /// <param name="count">How many positions each row gives.</param>
    /// <param name="replacement">Whether a position may be drawn again.</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The shape is another, a weight is negative or not finite, or fewer weights than needed are above 0.</exception>
    public Tensor Multinomial(int count, bool replacement = false, Generator? generator = null)
    {
        if (Rank is not (1 or 2) || count < 0)
        {
            throw new GradusException(
                FormattableString.Invariant($"multinomial: {count} draws from {Describe()}; expected weights [n] or [rows, n] and no negative count."));
        }

        var weights = Detach().To(DType.Float64);
        if (((weights >= 0) & weights.IsFinite()).All().Item() == 0)
        {
            throw new GradusException($"multinomial: got {Describe()} with weights that are negative or not finite.");
        }

        var least = replacement ? Math.Min(count, 1) : count;
        if ((weights.CountNonzero(-1) < least).Any().Item() != 0)
        {
            throw new GradusException(
                FormattableString.Invariant($"multinomial: got a row of {Describe()} with too few weights above 0 for {count} draws, ") +
                FormattableString.Invariant($"expected at least {least}.{(replacement ? "" : " Draw with replacement, or fewer.")}"));
        }

        if (count == 0) return Zeros([.. Shape.AsSpan()[..^1], 0], DType.Int64);
        if (!replacement)
        {
            // In logarithms, which neither overflow nor vanish: log weight − log e.
            var exponential = -(-Rand(Shape, DType.Float64, generator)).Log1P();
            return Where(weights.Equal(0), double.NegativeInfinity, weights.Log() - exponential.Log()).TopK(count).Index;
        }

        var running = InReach(weights).CumSum(-1);
        // A little below 1, so that no product rounds up to the total, which lies after the last position.
        var draws = Rand([.. Shape.AsSpan()[..^1], count], DType.Float64, generator) * (1 - Math.Pow(2, -52));
        return running.SearchSorted(draws * running.Slice(Rank - 1, Shape[-1] - 1, 1), right: true);
    }

    /// <summary>
    /// Weights whose sums neither overflow nor lose digits: rows whose largest is very large or very small are multiplied by a power of 2, which changes no
    /// ratio.
    /// </summary>
    private static Tensor InReach(Tensor weights)
    {
        var largest = weights.AMax(-1, keepDim: true);
        weights = Where(largest > Math.Pow(2, 900), weights * Math.Pow(2, -200), weights);
        return Where(largest < Math.Pow(2, -900), weights * Math.Pow(2, 500), weights);
    }
}
