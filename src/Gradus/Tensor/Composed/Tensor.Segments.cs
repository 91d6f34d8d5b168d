namespace Gradus;

public sealed partial class Tensor
{
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
    /// As attention over the neighbors of each node of a graph has it. Infinities share alike what there is; where all of a segment is −∞ the result is 0.
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
