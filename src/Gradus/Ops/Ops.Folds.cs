namespace Gradus;

internal static partial class Ops
{
    /// <summary>The product along axes.</summary>
    public static readonly UnaryOp<Axes> Prod = new("prod")
    {
        Symbol = "Π",
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), x.DType.IsFloat ? x.DType : DType.Int64),
        Run = FoldKernels.Prod,
        Dx = new(Reads.X, static (g, s) => ProductTree.Gradient(g, s.X, s.Args)),
    };

    /// <summary>Whether all elements along axes are true; true for none.</summary>
    public static readonly UnaryOp<Axes> All = new("all")
    {
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), DType.Bool),
        Run = FoldKernels.All,
    };

    /// <summary>Whether any element along axes is true; false for none.</summary>
    public static readonly UnaryOp<Axes> Any = new("any")
    {
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), DType.Bool),
        Run = FoldKernels.Any,
    };

    /// <summary>The position of the smallest element along an axis.</summary>
    public static readonly UnaryOp<AxisArgs> ArgMin = new("argmin")
    {
        Infer = static (x, args) => new Meta(args.Reduce(x.Shape, "argMin"), DType.Int64),
        Run = FoldKernels.ArgMin,
    };

    /// <summary>Running sums along an axis.</summary>
    public static readonly UnaryOp<ScanArgs> CumSum = new("cumsum")
    {
        Kind = OpKind.Linear,
        WantsDense = true,
        Infer = static (x, _) => x.Fresh(x.DType.IsFloat ? x.DType : DType.Int64),
        Run = FoldKernels.CumSum,
        // An element is part of its own sum and of all that follow.
        Dx = new(Reads.None, static (g, s) => CumSum!.Apply(g, s.Args with { IsReversed = !s.Args.IsReversed })),
    };
}
