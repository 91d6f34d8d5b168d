namespace Gradus;

internal static partial class Ops
{
    /// <summary>Where in its plane the greatest element of each window is: row · width + column.</summary>
    public static readonly UnaryOp<PoolArgs> MaxPool2dIndex = new("maxPool2dIndex")
    {
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (x, args) => new Meta(WindowKernels.InferPool("maxPool2d", x, args), DType.Int64),
        Run = WindowKernels.MaxPoolIndex,
    };

    /// <summary>The mean of each window.</summary>
    public static readonly UnaryOp<PoolArgs> AvgPool2d = new("avgPool2d")
    {
        Symbol = "mean pool",
        Derivatives = [DerivativeSymbol.Rule("g spread over each window", @"g \text{ spread}")],
        Kind = OpKind.Linear,
        Promote = Promote.Real,
        WantsDense = true,
        Spec = WindowSpecs.AvgPool,
        Infer = static (x, args) => new Meta(WindowKernels.InferPool("avgPool2d", x, args), x.DType),
        Run = WindowKernels.AvgPool,
        Dx = new(Reads.None, static (g, s) => AvgPool2dAdjoint!.Apply(g, new PoolAdjointArgs(s.Args, s.XShape))),
    };

    /// <summary>
    /// Each element, divided by the size of its window, added to all of the window: the adjoint of <see cref="AvgPool2d"/>, which is its own.
    /// </summary>
    public static readonly UnaryOp<PoolAdjointArgs> AvgPool2dAdjoint = new("avgPool2dAdjoint")
    {
        Kind = OpKind.Linear,
        Promote = Promote.Real,
        WantsDense = true,
        Infer = static (x, args) =>
        {
            var shape = WindowKernels.InferPool("avgPool2dAdjoint", new Meta(args.Shape, x.DType), args.Pool);
            return x.Shape == shape ? new Meta(args.Shape, x.DType) : throw Errors.DoesNotFit("avgPool2dAdjoint", "input", x.ToString(), shape.ToString());
        },
        Run = WindowKernels.AvgPoolBackward,
        Dx = new(Reads.None, static (g, s) => AvgPool2d.Apply(g, s.Args.Pool)),
    };
}
