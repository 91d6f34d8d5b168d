namespace Gradus.Nn;

/// <summary>Figures of tensors, in float64: of no graph, and nothing that is computed for them outlives the call.</summary>
internal static class Measure
{
    /// <summary>The sum of the squares; NaN or infinity where an element is.</summary>
    public static double SquareSum(Tensor tensor)
    {
        using var mode = GradMode.Disable();
        using var scope = new TensorScope();
        return tensor.Detach().To(DType.Float64).Square().Sum().Item();
    }

    public static double Norm(Tensor tensor) => Math.Sqrt(SquareSum(tensor));

    /// <summary>How many elements satisfy a condition.</summary>
    public static long Count(Tensor tensor, Func<Tensor, Tensor> condition)
    {
        using var mode = GradMode.Disable();
        using var scope = new TensorScope();
        return condition(tensor.Detach()).To(DType.Int64).Sum().Item<long>();
    }

    /// <summary>For each index of an axis, whether any element is above zero.</summary>
    public static bool[] AnyPositive(Tensor tensor, int axis)
    {
        using var mode = GradMode.Disable();
        using var scope = new TensorScope();
        int[] others = [.. Enumerable.Range(0, tensor.Rank).Where(other => other != axis)];
        var positive = tensor.Detach() > 0;
        return (others.Length == 0 ? positive : positive.Any(others)).ToArray<bool>();
    }

    /// <summary>Mean and standard deviation over all elements.</summary>
    public static (double Mean, double Deviation) Moments(Tensor tensor)
    {
        using var mode = GradMode.Disable();
        using var scope = new TensorScope();
        var values = tensor.Detach().To(DType.Float64);
        var mean = values.Mean();
        return (mean.Item(), Math.Sqrt((values - mean).Square().Mean().Item()));
    }

    /// <summary>The root mean square of what remains when the mean over all axes but the last is taken away: how much rows differ.</summary>
    public static double Spread(Tensor tensor)
    {
        using var mode = GradMode.Disable();
        using var scope = new TensorScope();
        var rows = tensor.Detach().To(DType.Float64).Reshape(-1, tensor.Shape[-1]);
        return Math.Sqrt((rows - rows.Mean(0, keepDim: true)).Square().Mean().Item());
    }
}
