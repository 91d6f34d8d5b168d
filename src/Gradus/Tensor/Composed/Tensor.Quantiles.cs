namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// The middle element along an axis, of an even number the lower of the two, and where it is (i64). NaN where one of the elements is NaN. The gradient goes
    /// to the element.
    /// </summary>
    /// <param name="axis">The axis that is reduced.</param>
    /// <param name="keepDim">Whether the axis stays, with size 1.</param>
    /// <remarks><c>Quantile(0.5, axis)</c> is the mean of the two.</remarks>
    /// <exception cref="GradusException">There is no such axis, or it is empty.</exception>
    public (Tensor Value, Tensor Index) Median(int axis, bool keepDim = false) => Middle("median", axis, keepDim, skipsNan: false);

    /// <summary>The middle one of all elements, of an even number the lower of the two. NaN if one of them is.</summary>
    /// <exception cref="GradusException">There are no elements.</exception>
    public Tensor Median() => Flatten().Median(0).Value;

    /// <summary>The middle one of the elements along an axis that are not NaN, and where it is (i64); NaN where all are.</summary>
    /// <inheritdoc cref="Median(int, bool)"/>
    public (Tensor Value, Tensor Index) NanMedian(int axis, bool keepDim = false) => Middle("nanMedian", axis, keepDim, skipsNan: true);

    /// <summary>The middle one of all elements that are not NaN.</summary>
    /// <inheritdoc cref="Median()"/>
    public Tensor NanMedian() => Flatten().NanMedian(0).Value;

    /// <summary>The q-quantile along an axis: what stands at q·(n − 1) when the n elements are sorted. NaN where one of the elements is NaN.</summary>
    /// <param name="q">From 0, the least, to 1, the greatest.</param>
    /// <param name="axis">The axis that is reduced.</param>
    /// <param name="keepDim">Whether the axis stays, with size 1.</param>
    /// <param name="interpolation">What a place between two elements gives.</param>
    /// <exception cref="GradusException">q is not from 0 to 1, there is no such axis, or it is empty.</exception>
    public Tensor Quantile(double q, int axis, bool keepDim = false, QuantileInterpolation interpolation = QuantileInterpolation.Linear) =>
        Quantile([q], axis, keepDim, interpolation).Squeeze(0);

    /// <summary>The q-quantile of all elements.</summary>
    /// <inheritdoc cref="Quantile(double, int, bool, QuantileInterpolation)"/>
    public Tensor Quantile(double q, QuantileInterpolation interpolation = QuantileInterpolation.Linear) =>
        Flatten().Quantile(q, 0, interpolation: interpolation);

    /// <summary>Several quantiles along an axis, one after the other along a new first axis.</summary>
    /// <inheritdoc cref="Quantile(double, int, bool, QuantileInterpolation)"/>
    public Tensor Quantile(ReadOnlySpan<double> q, int axis, bool keepDim = false, QuantileInterpolation interpolation = QuantileInterpolation.Linear) =>
        Quantiles("quantile", q, axis, keepDim, interpolation, skipsNan: false);

    /// <summary>The q-quantile along an axis of the elements that are not NaN; NaN where all are.</summary>
    /// <inheritdoc cref="Quantile(double, int, bool, QuantileInterpolation)"/>
    public Tensor NanQuantile(double q, int axis, bool keepDim = false, QuantileInterpolation interpolation = QuantileInterpolation.Linear) =>
        NanQuantile([q], axis, keepDim, interpolation).Squeeze(0);

    /// <summary>The q-quantile of all elements that are not NaN.</summary>
    /// <inheritdoc cref="Quantile(double, int, bool, QuantileInterpolation)"/>
    public Tensor NanQuantile(double q, QuantileInterpolation interpolation = QuantileInterpolation.Linear) =>
        Flatten().NanQuantile(q, 0, interpolation: interpolation);

    /// <summary>Several quantiles along an axis of the elements that are not NaN, one after the other along a new first axis.</summary>
    /// <inheritdoc cref="Quantile(double, int, bool, QuantileInterpolation)"/>
    public Tensor NanQuantile(ReadOnlySpan<double> q, int axis, bool keepDim = false, QuantileInterpolation interpolation = QuantileInterpolation.Linear) =>
        Quantiles("nanQuantile", q, axis, keepDim, interpolation, skipsNan: true);

    private (Tensor Value, Tensor Index) Middle(string operation, int axis, bool keepDim, bool skipsNan)
    {
        axis = OrderedAxis(operation, axis);
        var (sorted, order) = Detach().Sort(axis);
        var numbers = NumbersAlong(axis);
        var middle = (numbers - 1).Clamp(min: 0);
        middle = ((middle - middle.Remainder(2)).To(DType.Float64) / 2).To(DType.Int64);
        // NaN stands behind all numbers.
        if (!skipsNan) middle = Where(numbers.Equal(Shape[axis]), middle, numbers);
        var index = order.Gather(axis, middle);
        var value = Gather(axis, index);
        return keepDim ? (value, index) : (value.Squeeze(axis), index.Squeeze(axis));
    }

    private Tensor Quantiles(string operation, ReadOnlySpan<double> q, int axis, bool keepDim, QuantileInterpolation interpolation, bool skipsNan)
    {
        axis = OrderedAxis(operation, axis);
        foreach (var part in q)
        {
            if (!(part >= 0 && part <= 1)) throw new GradusException(FormattableString.Invariant($"{operation}: q is {part}, expected a number from 0 to 1."));
        }

        if (!Enum.IsDefined(interpolation))
        {
            throw new GradusException(
                $"{operation}: {interpolation} is no interpolation; there are {string.Join(", ", Enum.GetNames<QuantileInterpolation>())}.");
        }

        var sorted = To(Promotion.Real(DType)).Sort(axis).Value;
        var numbers = NumbersAlong(axis);
        var last = (skipsNan ? numbers - 1 : FullLike(numbers, Shape[axis] - 1)).Clamp(min: 0).To(DType.Float64);
        var results = new Tensor[q.Length];
        for (var part = 0; part < q.Length; part++)
        {
            var result = At(sorted, axis, last * q[part], interpolation);
            if (!skipsNan) result = Where(numbers.Equal(Shape[axis]), result, result.Weak(double.NaN));
            results[part] = keepDim ? result : result.Squeeze(axis);
        }

        return results.Length > 0 ? Stack(results) : Zeros([0, .. keepDim ? With(Shape, axis, 1) : Without(axis)], sorted.DType);
    }

    /// <summary>What stands at a place of each sorted line.</summary>
    private static Tensor At(Tensor sorted, int axis, Tensor place, QuantileInterpolation interpolation)
    {
        if (interpolation == QuantileInterpolation.Nearest) return sorted.Gather(axis, place.Round().To(DType.Int64));
        var floor = place.Floor();
        var below = sorted.Gather(axis, floor.To(DType.Int64));
        if (interpolation == QuantileInterpolation.Lower) return below;
        var above = sorted.Gather(axis, place.Ceil().To(DType.Int64));
        if (interpolation == QuantileInterpolation.Higher) return above;
        var part = interpolation == QuantileInterpolation.Midpoint ? place.NotEqual(floor).To(DType.Float64) / 2 : place - floor;
        var weight = part.To(sorted.DType);
        var step = above - below;
        // From the nearer end, so that both ends are met exactly; between infinities the weighted mean.
        var between = Where(weight < 0.5, below + (step * weight), above - (step * (1 - weight)));
        return Where(step.IsFinite(), between, Where(weight.Equal(0), below, (below * (1 - weight)) + (above * weight)));
    }

    private int OrderedAxis(string operation, int axis)
    {
        axis = Shape.Axis(axis, operation);
        return Shape[axis] > 0 ? axis : throw new GradusException($"{operation}: axis {axis} of {Describe()} has no elements to choose from.");
    }

    /// <summary>How many elements along an axis are not NaN (i64), the axis kept.</summary>
    private Tensor NumbersAlong(int axis) => Equal(Detach()).Sum(axis, keepDim: true);

    private int[] Without(int axis) => [.. Shape.AsSpan()[..axis], .. Shape.AsSpan()[(axis + 1)..]];
}
