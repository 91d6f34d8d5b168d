namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// This tensor with elements of a source combined into it along an axis: out[index[i, j], j] becomes the sum, mean, product, greatest or least of itself
    /// and all source[i, j] put there, for axis 0.
    /// </summary>
    /// <param name="axis">The axis that the index runs along.</param>
    /// <param name="index">i32 or i64 positions, with this tensor's rank; its other sizes are at most this tensor's.</param>
    /// <param name="source">What is put there, at least as large as the index along every axis.</param>
    /// <param name="reduction">How the elements become one.</param>
    /// <param name="includeSelf">Whether this tensor's element is one of them; else it only stays where nothing is put.</param>
    /// <remarks>
    /// In row-major order of the index, whatever the number of threads. Of equal extremes each gets an equal share of the gradient. The product's gradient is
    /// right beside zeros too, and so is its own.
    /// </remarks>
    /// <exception cref="GradusException">A position is outside the axis, the shapes do not fit, or the elements are bools.</exception>
    public Tensor ScatterReduce(int axis, Tensor index, Tensor source, ScatterReduction reduction, bool includeSelf = true)
    {
        if (!Enum.IsDefined(reduction))
        {
            throw new GradusException($"scatterReduce: {reduction} is no reduction; there are {string.Join(", ", Enum.GetNames<ScatterReduction>())}.");
        }

        (axis, var positions, source) = Scattered("scatterReduce", axis, index, source);
        positions = PositionsOf("scatterReduce", positions, axis, Shape[axis]);
        if (reduction is not (ScatterReduction.Sum or ScatterReduction.Mean))
        {
            return Ops.ScatterCombine.Apply(this, positions, source, new CombineArgs(axis, reduction, includeSelf));
        }

        var place = new ScatterArgs(axis, Shape);
        var own = this;
        Tensor? count = null;
        if (!includeSelf || reduction == ScatterReduction.Mean)
        {
            count = Ops.ScatterAdd.Apply(Ones(default, DType.Int64).Expand(positions.Shape), positions, place);
            if (!includeSelf) own = Where(count.Equal(0), this, Weak(0));
        }

        var sum = own + Ops.ScatterAdd.Apply(source, positions, place);
        if (reduction == ScatterReduction.Sum) return sum;
        var terms = includeSelf ? count! + 1 : count!.Clamp(min: 1);
        return DType.IsFloat ? sum / terms.To(DType) : ((sum - sum.Remainder(terms.To(DType))).To(DType.Float64) / terms).To(DType);
    }

    /// <summary>
    /// Slices of an axis that belong to the same segment as one: out[s] is the sum, mean, product, greatest or least of all x[i] with segments[i] = s. A
    /// segment without slices gives 0.
    /// </summary>
    /// <param name="segments">i32 or i64 numbers from 0 on, of shape [n], in any order: to which segment each slice belongs.</param>
    /// <param name="reduction">How the slices become one.</param>
    /// <param name="count">How many segments there are; one more than the greatest number, by default.</param>
    /// <param name="axis">The axis, of size n.</param>
    /// <remarks>In the order of the slices, whatever the number of threads. Of equal extremes each gets an equal share of the gradient.</remarks>
    /// <exception cref="GradusException">A number is negative or not below the count, or there is not one for each slice.</exception>
    public Tensor SegmentReduce(Tensor segments, ScatterReduction reduction = ScatterReduction.Sum, int? count = null, int axis = 0)
    {
        (axis, var numbers, var size) = Segmented("segmentReduce", segments, count, axis);
        return Zeros([.. With(Shape, axis, size)], DType).ScatterReduce(axis, numbers.Reshape(Along(axis)).Expand(Shape), this, reduction, includeSelf: false);
    }

    /// <summary>
    /// Softmax among the slices of each segment: eˣ / Σ eˣ over all slices of an axis with the same number, shifted by their greatest so that it cannot
    /// overflow.
    /// </summary>
    /// <param name="segments">i32 or i64 numbers from 0 on, of shape [n], in any order: to which segment each slice belongs.</param>
    /// <param name="count">How many segments there are; one more than the greatest number, by default.</param>
    /// <param name="axis">The axis, of size n.</param>
    /// <remarks>
    /// As attention over the neighbours of each node of a graph has it. Infinities share alike what there is; where all of a segment is −∞ the result is 0.
    /// </remarks>
    /// <exception cref="GradusException">A number is negative or not below the count, or there is not one for each slice.</exception>
    public Tensor SegmentSoftmax(Tensor segments, int? count = null, int axis = 0)
    {
        (axis, var numbers, var size) = Segmented("segmentSoftmax", segments, count, axis);
        var scores = To(Promotion.Real(DType));
        var greatest = scores.Detach().SegmentReduce(numbers, ScatterReduction.Max, size, axis).IndexSelect(axis, numbers);
        var powers = Where(greatest.IsInf(), scores.Equal(double.PositiveInfinity).To(scores.DType), (scores - greatest).Exp());
        var sums = powers.SegmentReduce(numbers, ScatterReduction.Sum, size, axis);
        return powers / Where(sums.Equal(0), sums.Weak(1), sums).IndexSelect(axis, numbers);
    }

    private (int Axis, Tensor Numbers, int Count) Segmented(string operation, Tensor segments, int? count, int axis)
    {
        axis = Shape.Axis(axis, operation);
        var numbers = Listed(operation, segments);
        if (numbers.Shape[0] != Shape[axis])
        {
            throw new GradusException(
                $"{operation}: {numbers.Shape[0]} segment numbers for axis {axis} of {Describe()}, which has {Shape[axis]} slices; expected one for each.");
        }

        var size = count ?? (numbers.Count == 0 ? 0 : Shape.Size(Math.Min(numbers.Max().Item<long>(), long.MaxValue - 1) + 1, operation));
        return (axis, PositionsOf(operation, numbers, axis, Math.Max(0, size)), size);
    }
}
