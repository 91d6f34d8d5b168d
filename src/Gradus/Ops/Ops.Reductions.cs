namespace Gradus;

/// <summary>Which axes are reduced, as a bit each, and whether they stay with size 1.</summary>
public readonly record struct Axes(uint Mask, bool KeepDim)
{
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

/// <summary>One axis, and whether it stays with size 1.</summary>
public readonly record struct AxisArgs(int Axis, bool KeepDim)
{
    internal static AxisArgs Of(Shape shape, int axis, bool keepDim, string operation) => new(shape.Axis(axis, operation), keepDim);

    internal Shape Reduce(Shape shape, string operation)
    {
        if (shape[Axis] == 0) throw new GradusException($"{operation}: axis {Axis} of {shape} has size 0; there is nothing to choose from.");
        return new Axes(1u << Axis, KeepDim).Reduce(shape, KeepDim);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(AxisArgs), PrintMembers);
}

internal static partial class Ops
{
    /// <summary>The sum along axes.</summary>
    public static readonly UnaryOp<Axes> Sum = new("sum")
    {
        Kind = OpKind.Linear,
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), x.DType.IsFloat ? x.DType : DType.Int64),
        Run = Reductions.Sum,
        Dx = new(Reads.None, static (g, s) => Restore(g, s.Args, s.XShape)),
    };

    /// <summary>The mean along axes.</summary>
    public static readonly UnaryOp<Axes> Mean = new("mean")
    {
        Kind = OpKind.Linear,
        Promote = Promote.Real,
        Spec = static (x, axes) => Sum.Apply(x, axes) / axes.Reduced(x.Shape),
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), x.DType),
        Run = Reductions.Mean,
        Dx = new(Reads.None, static (g, s) => Restore(g / s.Args.Reduced(s.XShape), s.Args, s.XShape)),
    };

    /// <summary>The largest element along axes.</summary>
    public static readonly UnaryOp<Axes> Max = new("max")
    {
        Infer = static (x, axes) => InferExtreme(x, axes, "max"),
        Run = Reductions.Max,
        Dx = new(Reads.X | Reads.Out, static (g, s) => ShareAmongEqual(g, s)),
    };

    /// <summary>The smallest element along axes.</summary>
    public static readonly UnaryOp<Axes> Min = new("min")
    {
        Infer = static (x, axes) => InferExtreme(x, axes, "min"),
        Run = Reductions.Min,
        Dx = new(Reads.X | Reads.Out, static (g, s) => ShareAmongEqual(g, s)),
    };

    /// <summary>The largest element along an axis, and its position.</summary>
    public static readonly IndexedOp<AxisArgs> MaxAlong = new("max")
    {
        Infer = static (x, args) => args.Reduce(x.Shape, "max"),
        Run = Reductions.MaxAlong,
        Dx = new(Reads.Out1, static (g, s) => ScatterToIndex(g, s)),
    };

    /// <summary>The smallest element along an axis, and its position.</summary>
    public static readonly IndexedOp<AxisArgs> MinAlong = new("min")
    {
        Infer = static (x, args) => args.Reduce(x.Shape, "min"),
        Run = Reductions.MinAlong,
        Dx = new(Reads.Out1, static (g, s) => ScatterToIndex(g, s)),
    };

    /// <summary>The position of the largest element along an axis.</summary>
    public static readonly UnaryOp<AxisArgs> ArgMax = new("argmax")
    {
        Infer = static (x, args) => new Meta(args.Reduce(x.Shape, "argMax"), DType.Int64),
        Run = Reductions.ArgMax,
    };

    private static Meta InferExtreme(Meta x, Axes axes, string operation)
    {
        if (axes.Reduced(x.Shape) == 0) throw new GradusException($"{operation}: {x} has no elements to choose from.");
        return new Meta(axes.Reduce(x.Shape, axes.KeepDim), x.DType);
    }

    /// <summary>Spreads a reduced value back over the axes that were reduced.</summary>
    private static Tensor Restore(Tensor value, Axes axes, Shape shape) => value.Reshape(axes.Reduce(shape, true)).Expand(shape.AsSpan());

    private static Tensor ShareAmongEqual(Tensor g, Saved<Axes> s)
    {
        var chosen = s.X.Equal(Restore(s.Out, s.Args, s.XShape)).To(g.DType);
        return chosen.Chain(Restore(g / Sum.Apply(chosen, s.Args), s.Args, s.XShape));
    }

    private static Tensor ScatterToIndex(Tensor g, Saved<AxisArgs> s)
    {
        var axis = s.Args.Axis;
        var kept = new Axes(1u << axis, true).Reduce(s.XShape, true);
        return ScatterAdd.Apply(g.Reshape(kept), s.Out1.Reshape(kept), new ScatterArgs(axis, s.XShape));
    }
}
