namespace Gradus.Nn;

/// <summary>Losses: how far predictions are from what was wanted.</summary>
/// <remarks>Of each, the mean of what the formula gives for an element or a sample is returned, unless another <see cref="Reduction"/> is asked for.</remarks>
public static partial class Losses
{
    private const double Log2 = 0.693147180559945309;
    private const double LogTwoPi = 1.837877066409345484;

    private static Tensor Reduce(Tensor losses, Reduction reduction) => reduction switch
    {
        Reduction.Mean => losses.Mean(),
        Reduction.Sum => losses.Sum(),
        _ => losses,
    };

    private static void RequireSameShape(string operation, Tensor prediction, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        // Broadcasting here hides the commonest mistake: [n] against [n, 1] would compare every pair.
        if (prediction.Shape != target.Shape) throw new GradusException($"{operation}: the prediction is {prediction.Shape}, the target {target.Shape}; they must have the same shape.");
    }

    private static void Require(bool holds, string operation, string name, double value, string range)
    {
        if (!holds) throw new GradusException(FormattableString.Invariant($"{operation}: {name} is {value}, expected {range}."));
    }

    /// <summary>The class numbers of [samples, …] labels as [samples, classes, …] zeros and ones.</summary>
    private static Tensor OneHot(Tensor labels, int classes, DType dtype)
    {
        var sizes = Enumerable.Repeat(1, labels.Rank + 1).ToArray();
        sizes[1] = classes;
        var numbers = Tensor.Arange(classes, DType.Int64).Reshape(sizes);
        return labels.To(DType.Int64).Unsqueeze(1).Equal(numbers).To(dtype);
    }
}
