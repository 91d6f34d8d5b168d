namespace Gradus;

internal static partial class Ops
{
    /// <summary>The sum along axes.</summary>
    public static readonly UnaryOp<Axes> Sum = new("sum")
    {
        Symbol = "Σ",
        Kind = OpKind.Linear,
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), x.DType.IsFloat ? x.DType : DType.Int64),
        Run = ReductionKernels.Sum,
        Dx = new(Reads.None, static (g, s) => Restore(g, s.Args, s.XShape)),
    };

    /// <summary>The mean along axes.</summary>
    public static readonly UnaryOp<Axes> Mean = new("mean")
    {
        Kind = OpKind.Linear,
        Promote = Promote.Real,
        Spec = static (x, axes) => Sum.Apply(x, axes) / axes.Reduced(x.Shape),
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), x.DType),
        Run = ReductionKernels.Mean,
        Dx = new(Reads.None, static (g, s) => Restore(g / s.Args.Reduced(s.XShape), s.Args, s.XShape)),
    };

    /// <summary>The largest element along axes.</summary>
    public static readonly UnaryOp<Axes> Max = new("max")
    {
        Role = OpRole.Masking,
        Infer = static (x, axes) => InferExtreme(x, axes, "max"),
        Run = ReductionKernels.Max,
        Dx = new(Reads.X | Reads.Out, static (g, s) => ShareAmongEqual(g, s)),
    };

    /// <summary>The smallest element along axes.</summary>
    public static readonly UnaryOp<Axes> Min = new("min")
    {
        Role = OpRole.Masking,
        Infer = static (x, axes) => InferExtreme(x, axes, "min"),
        Run = ReductionKernels.Min,
        Dx = new(Reads.X | Reads.Out, static (g, s) => ShareAmongEqual(g, s)),
    };

    /// <summary>The largest element along an axis, and its position.</summary>
    public static readonly IndexedOp<AxisArgs> MaxAlong = new("maxAlong")
    {
        Symbol = "max",
        Derivatives = [DerivativeSymbol.Rule("g at the place of each", @"g \text{ at the place of each}")],
        Role = OpRole.Masking,
        Infer = static (x, args) => args.Reduce(x.Shape, "max"),
        Run = ReductionKernels.MaxAlong,
        Dx = new(Reads.Out1, static (g, s) => ScatterToIndex(g, s)),
    };

    /// <summary>The smallest element along an axis, and its position.</summary>
    public static readonly IndexedOp<AxisArgs> MinAlong = new("minAlong")
    {
        Symbol = "min",
        Derivatives = [DerivativeSymbol.Rule("g at the place of each", @"g \text{ at the place of each}")],
        Role = OpRole.Masking,
        Infer = static (x, args) => args.Reduce(x.Shape, "min"),
        Run = ReductionKernels.MinAlong,
        Dx = new(Reads.Out1, static (g, s) => ScatterToIndex(g, s)),
    };

    /// <summary>The position of the largest element along an axis.</summary>
    public static readonly UnaryOp<AxisArgs> ArgMax = new("argmax")
    {
        Infer = static (x, args) => new Meta(args.Reduce(x.Shape, "argMax"), DType.Int64),
        Run = ReductionKernels.ArgMax,
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
