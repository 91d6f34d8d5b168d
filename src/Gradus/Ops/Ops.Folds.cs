namespace Gradus;

/// <summary>Along which axis a running sum goes, and whether from its end.</summary>
public readonly record struct ScanArgs(int Axis, bool IsReversed)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ScanArgs), PrintMembers);
}

internal static partial class Ops
{
    /// <summary>The product along axes.</summary>
    public static readonly UnaryOp<Axes> Prod = new("prod")
    {
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), x.DType.IsFloat ? x.DType : DType.Int64),
        Run = Folds.Prod,
        Dx = new(Reads.X, static (g, s) => ProductTree.Gradient(g, s.X, s.Args)),
    };

    /// <summary>Whether all elements along axes are true; true for none.</summary>
    public static readonly UnaryOp<Axes> All = new("all")
    {
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), DType.Bool),
        Run = Folds.All,
    };

    /// <summary>Whether any element along axes is true; false for none.</summary>
    public static readonly UnaryOp<Axes> Any = new("any")
    {
        Infer = static (x, axes) => new Meta(axes.Reduce(x.Shape, axes.KeepDim), DType.Bool),
        Run = Folds.Any,
    };

    /// <summary>The position of the smallest element along an axis.</summary>
    public static readonly UnaryOp<AxisArgs> ArgMin = new("argmin")
    {
        Infer = static (x, args) => new Meta(args.Reduce(x.Shape, "argMin"), DType.Int64),
        Run = Folds.ArgMin,
    };

    /// <summary>Running sums along an axis.</summary>
    public static readonly UnaryOp<ScanArgs> CumSum = new("cumsum")
    {
        Kind = OpKind.Linear,
        WantsDense = true,
        Infer = static (x, _) => x.Fresh(x.DType.IsFloat ? x.DType : DType.Int64),
        Run = Folds.CumSum,
        // An element is part of its own sum and of all that follow.
        Dx = new(Reads.None, static (g, s) => CumSum!.Apply(g, s.Args with { IsReversed = !s.Args.IsReversed })),
    };
}
