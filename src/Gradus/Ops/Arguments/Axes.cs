namespace Gradus.Operators;

/// <summary>Which axes are reduced, as a bit each, and whether they stay with size 1.</summary>
public readonly record struct Axes(uint Mask, bool KeepDim) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axes", Enumerable.Range(0, Shape.MaxRank).Where(Has).ToArray()), new("keepDim", KeepDim)];

    /// <summary>The axes named, which may be negative; none for all.</summary>
    internal static Axes Of(Shape shape, ReadOnlySpan<int> axes, bool keepDim, string operation)
    {
        if (axes.IsEmpty) return new Axes((1u << shape.Rank) - 1, keepDim);
        var mask = 0u;
        foreach (var axis in axes)
        {
            var bit = 1u << shape.Axis(axis, operation);
            if ((mask & bit) != 0) throw new GradusException($"{operation}: axis {axis} is named twice.");
            mask |= bit;
        }

        return new Axes(mask, keepDim);
    }

    /// <summary>Whether an axis is reduced.</summary>
    internal bool Has(int axis) => (Mask & (1u << axis)) != 0;

    /// <summary>The shape of the result.</summary>
    internal Shape Reduce(Shape shape, bool keepDim)
    {
        var sizes = new List<int>(shape.Rank);
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (!Has(axis)) sizes.Add(shape.AsSpan()[axis]);
            else if (keepDim) sizes.Add(1);
        }

        return Shape.Adopt([.. sizes]);
    }

    /// <summary>The number of elements that become one.</summary>
    internal long Reduced(Shape shape)
    {
        var count = 1L;
        for (var axis = 0; axis < shape.Rank; axis++) count *= Has(axis) ? shape.AsSpan()[axis] : 1;
        return count;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var mask = Mask;
        return $"axes [{string.Join(",", Enumerable.Range(0, Shape.MaxRank).Where(axis => (mask & (1u << axis)) != 0))}]{(KeepDim ? ", kept" : "")}";
    }
}
