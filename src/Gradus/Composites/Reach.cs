namespace Gradus;

/// <summary>
/// Powers of 2 that bring numbers to where their squares neither overflow nor vanish. Such factors are exact: what needs none keeps its bits, whatever stands
/// beside it.
/// </summary>
internal static class Reach
{
    /// <summary>
    /// A function that grows with some power of its argument: computed as it is, and where the result tells that powers on the way went out of reach, of x
    /// times a power of 2, which is taken out again.
    /// </summary>
    /// <param name="x">Floating-point numbers.</param>
    /// <param name="axes">The axes that the function reduces.</param>
    /// <param name="power">To which power elements are raised on the way.</param>
    /// <param name="degree">f(s·x) is sᵈ·f(x).</param>
    /// <param name="function">The function.</param>
    public static Tensor Of(Tensor x, Axes axes, double power, int degree, Func<Tensor, Tensor> function)
    {
        var plain = function(x);
        if (axes.Reduced(x.Shape) == 0) return plain;
        var limit = Math.Pow(2, (x.DType == DType.Float64 ? 900 : 100) * degree / Math.Abs(power));
        if (FactorsFor(x, axes, plain, 1 / limit, limit) is not { } factors) return plain;
        var outer = factors.Reshape(plain.Shape);
        var inner = function(x * factors) / outer;
        if (degree == 1) return inner;
        // Where the result too is out of reach, so would g / outer² be: the plain one has a gradient.
        var result = inner / outer;
        return Tensor.Where((result > 0) & (result < double.PositiveInfinity), result, plain);
    }

    /// <summary>
    /// Lines along an axis and their sums of squares: both of lines that a power of 2 brought down where a product of two such sums would overflow, for what
    /// does not depend on a line's length.
    /// </summary>
    public static (Tensor Lines, Tensor Squares) Down(Tensor x, int axis)
    {
        var squares = x.Square().Sum(axis);
        if (FactorsFor(x, Axes.Of(x.Shape, [axis], true, "norm"), squares, 0, x.DType == DType.Float64 ? 1e150 : 1e18) is not { } factors) return (x, squares);
        x *= factors;
        return (x, x.Square().Sum(axis));
    }

    /// <summary>
    /// For each result that is not within limits the power of 2 that brings the largest |x| along the axes to 1 … 2, and 1 for the others; null where all are
    /// within.
    /// </summary>
    public static Tensor? FactorsFor(Tensor x, Axes axes, Tensor results, double low, double high)
    {
        if (OperatorObserver.ForAnyValues) return null;
        using var mode = GradMode.Disable();
        var isWithin = (results.Detach() >= low) & (results.Detach() <= high);
        if (isWithin.All().Item<bool>()) return null;
        var largest = Ops.Max.Apply(x.Detach().Abs(), axes with { KeepDim = true });
        var within = isWithin.ToArray<bool>();
        var most = x.DType == DType.Float64 ? 1022 : 126;
        var factors = largest.ToArray<double>();
        for (var index = 0; index < factors.Length; index++)
        {
            var isMeasure = !within[index] && factors[index] > 0 && double.IsFinite(factors[index]);
            factors[index] = isMeasure ? Math.ScaleB(1, Math.Clamp(-Math.ILogB(factors[index]), -most, most)) : 1;
        }

        return Tensor.From(factors, largest.Shape).To(x.DType);
    }
}
