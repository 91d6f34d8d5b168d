namespace Gradus.Nn;

/// <summary>Losses: how far predictions are from what was wanted.</summary>
/// <remarks>
/// Of each, the mean of what the formula gives for an element or a sample is returned, unless another <see cref="Reduction"/> is asked for.
/// Where nothing counts, because there are no
/// samples, all labels are ignored or all weights are 0, the mean is 0 and so are the gradients. What counts nothing may be ∞ or NaN.
/// </remarks>
public static partial class Losses
{
    private const double LogTwoPi = 1.837877066409345484;

    /// <summary>The losses reduced; the mean of none is 0.</summary>
    private static Tensor Reduce(Tensor losses, Reduction reduction) => reduction switch
    {
        Reduction.Mean when losses.Count > 0 => losses.Mean(),
        Reduction.Mean => losses.Sum(),
        Reduction.Sum => losses.Sum(),
        _ => losses,
    };

    /// <summary>Σ losses / Σ weights, 0 where nothing counts.</summary>
    private static Tensor MeanBy(Tensor weights, Tensor losses)
    {
        var total = weights.Sum();
        return losses.Sum() / Tensor.Where(total.Equal(0), 1, total);
    }

    /// <summary>Losses times their weights: one that counts nothing is nothing, even if it is ∞ or NaN, and has no gradient.</summary>
    private static Tensor Weighted(Tensor losses, Tensor? weight) => weight is null ? losses : weight.To(losses.DType).Chain(losses);

    private static void RequireSameShape(string operation, Tensor prediction, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        // Broadcasting here hides the commonest mistake: [n] against [n, 1] would compare every pair.
        if (prediction.Shape != target.Shape)
        {
            throw new GradusException($"{operation}: the prediction is {prediction.Shape}, the target {target.Shape}; they must have the same shape.");
        }
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
