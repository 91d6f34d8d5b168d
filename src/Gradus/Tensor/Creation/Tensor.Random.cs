namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Random numbers uniform in [0, 1).</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="dtype">A floating-point type; f16 and bf16 are rounded from f32, but not up to 1.</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The element type is not floating point.</exception>
    public static Tensor Rand(Shape shape, DType dtype = DType.Float32, Generator? generator = null)
    {
        if (dtype.IsHalf) return Rand(shape, DType.Float32, generator).Minimum(Full(default, Interval.Below(1, dtype))).To(dtype);
        var tensor = RandomTarget("rand", shape, dtype);
        RandomKernels.Uniform(tensor, generator ?? Generator.Default);
        return tensor;
    }

    /// <summary>Random numbers, normal with mean 0 and deviation 1.</summary>
    /// <inheritdoc cref="Rand" path="/param"/>
    /// <exception cref="GradusException">The element type is not floating point.</exception>
    public static Tensor Randn(Shape shape, DType dtype = DType.Float32, Generator? generator = null)
    {
        if (dtype.IsHalf) return Randn(shape, DType.Float32, generator).To(dtype);
        var tensor = RandomTarget("randn", shape, dtype);
        RandomKernels.Normal(tensor, generator ?? Generator.Default);
        return tensor;
    }

    /// <summary>Random numbers uniform in [low, high): low + (high − low)·u, and never rounded out of the interval.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="low">The least number.</param>
    /// <param name="high">Where they end.</param>
    /// <param name="dtype">A floating-point type; f16 and bf16 are rounded from f32.</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The bounds are not finite, not in order or beyond the element type, or the type is not floating point.</exception>
    public static Tensor Uniform(Shape shape, double low, double high, DType dtype = DType.Float32, Generator? generator = null)
    {
        if (!dtype.IsFloat) throw NotFloating("uniform", dtype);
        if (!(low <= high) || !double.IsFinite(low) || !double.IsFinite(high))
        {
            throw new GradusException(FormattableString.Invariant($"uniform: from {low} to {high}; expected finite bounds, the lower one first."));
        }

        if (Math.Max(-low, high) > dtype.Largest)
        {
            throw new GradusException(FormattableString.Invariant($"uniform: from {low} to {high}; {dtype.ShortName} ends at {dtype.Largest}. Draw f64."));
        }

        var drawn = dtype == DType.Float64 ? DType.Float64 : DType.Float32;
        var unit = Rand(shape, drawn, generator);
        // A width that the type does not hold is gone through in two halves.
        var values = high - low <= drawn.Largest ? (unit * (high - low)) + low : ((unit * ((high / 2) - (low / 2))) + (low / 2)) * 2;
        return Interval.Within(values, low, Interval.Below(high, dtype), dtype);
    }

    /// <summary>Random numbers, normal with a mean and a standard deviation.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation, not negative. What would be beyond the element type's numbers becomes the last of them.</param>
    /// <param name="dtype">A floating-point type; f16 and bf16 are rounded from f32.</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The deviation is negative, one of the two is beyond the element type, or that is not floating point.</exception>
    public static Tensor Normal(Shape shape, double mean, double deviation, DType dtype = DType.Float32, Generator? generator = null)
    {
        if (!(deviation >= 0)) throw new GradusException(FormattableString.Invariant($"normal: got a deviation of {deviation}, expected 0 or more."));
        if (!dtype.IsFloat) throw NotFloating("normal", dtype);
        var largest = dtype.Largest;
        if (!(Math.Abs(mean) <= largest && deviation <= largest))
        {
            throw new GradusException(
                FormattableString.Invariant($"normal: got a mean of {mean} and a deviation of {deviation}; {dtype.ShortName} ends at {largest}."));
        }

        if (deviation > (largest - Math.Abs(mean)) / MostDeviations)
        {
            // A sixteenth of it on the way, so that no part of the sum is infinite.
            var part = Normal(shape, mean / 16, deviation / 16, dtype == DType.Float64 ? dtype : DType.Float32, generator);
            return (part.Clamp(-largest / 16, largest / 16) * 16).To(dtype);
        }

        if (dtype.IsHalf) return Normal(shape, mean, deviation, DType.Float32, generator).To(dtype);
        return (Randn(shape, dtype, generator) * deviation) + mean;
    }

    /// <summary>
    /// Random numbers, normal but for those outside an interval, which do not occur. Drawn by the inverse of the distribution, so that each takes one uniform
    /// number.
    /// </summary>
    /// <param name="shape">The shape.</param>
    /// <param name="mean">The mean before the cut.</param>
    /// <param name="deviation">The standard deviation before the cut, above 0.</param>
    /// <param name="low">The least number.</param>
    /// <param name="high">The greatest number.</param>
    /// <param name="dtype">A floating-point type.</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">
    /// The deviation is not positive, the interval is empty or too far out to hold anything, or the element type is not floating point.
    /// </exception>
    public static Tensor TruncatedNormal(
        Shape shape, double mean = 0, double deviation = 1, double low = -2, double high = 2, DType dtype = DType.Float32, Generator? generator = null)
    {
        if (!(deviation > 0) || !(low < high))
        {
            throw new GradusException(FormattableString.Invariant(
                $"truncatedNormal: a deviation of {deviation}, from {low} to {high}; expected a deviation above 0 and the lower bound first."));
        }

        if (!dtype.IsFloat) throw NotFloating("truncatedNormal", dtype);
        var standard = NormalQuantile.Between((low - mean) / deviation, (high - mean) / deviation, Rand(shape, DType.Float64, generator));
        return Interval.Within((standard * deviation) + mean, low, high, dtype);
    }

    /// <summary>Random whole numbers low … high − 1, all equally likely.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="low">The least number.</param>
    /// <param name="high">The number after the greatest.</param>
    /// <param name="dtype">The element type, which must hold every number between the bounds; they are drawn in i64 and converted.</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">There is no number between the bounds, or the element type does not hold them all.</exception>
    public static Tensor RandInt(Shape shape, long low, long high, DType dtype = DType.Int64, Generator? generator = null)
    {
        if (low >= high)
        {
            throw new GradusException(
                FormattableString.Invariant($"randInt: from {low} to {high}; expected the lower bound first, and the upper one is not drawn."));
        }

        var (least, greatest) = dtype.Whole;
        if (low < least || high - 1 > greatest)
        {
            throw new GradusException(FormattableString.Invariant(
                $"randInt: from {low} to {high}; {dtype.ShortName} holds all whole numbers from {least} to {greatest} only. Use i64."));
        }

        var tensor = Allocate(new Meta(shape, DType.Int64));
        tensor.Own(TensorScope.Current);
        RandomKernels.Integers(tensor, unchecked((ulong)high - (ulong)low), generator ?? Generator.Default);
        return (low == 0 ? tensor : tensor + low).To(dtype);
    }

    /// <summary>The numbers 0 … count − 1 in a random order (i64), every order equally likely up to the 64 bits of the seed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="generator">The random stream; the default one if left out.</param>
    /// <exception cref="GradusException">The count is negative.</exception>
    public static Tensor RandPerm(int count, Generator? generator = null)
    {
        if (count < 0) throw new GradusException(FormattableString.Invariant($"randPerm: got {count} numbers, expected 0 or more."));
        var tensor = Allocate(new Meta([count], DType.Int64));
        tensor.Own(TensorScope.Current);
        RandomKernels.Permutation(tensor, generator ?? Generator.Default);
        return tensor;
    }

    /// <summary>What no normal number drawn reaches: in float64 they end at 8.57.</summary>
    private const double MostDeviations = 9;

    private static GradusException NotFloating(string operation, DType dtype) =>
        new($"{operation}: {dtype.ShortName} is not floating point. Draw f32 or f64 and convert it with To().");

    private static Tensor RandomTarget(string operation, Shape shape, DType dtype)
    {
        if (!dtype.IsFloat) throw NotFloating(operation, dtype);
        var tensor = Allocate(new Meta(shape, dtype));
        tensor.Own(TensorScope.Current);
        return tensor;
    }
}
