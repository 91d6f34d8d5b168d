namespace Gradus;

internal static partial class Ops
{
    /// <summary>out[i, j] = x[y[i, j], j], for axis 0.</summary>
    public static readonly BinaryOp<int> Gather = new("gather")
    {
        Derivatives = [DerivativeSymbol.Rule("g added at the places", @"g \text{ at the places}")],
        Role = OpRole.Masking,
        MovesElements = true,
        Kind = OpKind.Linear,
        Promote = Promote.None,
        Infer = static (x, index, axis) =>
        {
            if (x.Rank != index.Rank) throw new GradusException($"gather: the index is {index}, expected as many axes as {x}.");
            for (var other = 0; other < x.Rank; other++)
            {
                if (other != axis && index.Shape[other] > x.Shape[other])
                {
                    throw new GradusException($"gather: the index is {index}, larger than {x} along axis {other}.");
                }
            }

            return new Meta(index.Shape, x.DType);
        },
        Run = IndexingKernels.Gather,
        Dx = new(Reads.Y, static (g, s) => ScatterAdd!.Apply(g, s.Y, new ScatterArgs(s.Args, s.XShape))),
    };

    /// <summary>Slices y of an axis of x.</summary>
    public static readonly BinaryOp<int> IndexSelect = new("indexSelect")
    {
        Symbol = "rows",
        Derivatives = [DerivativeSymbol.Rule("g added at the rows", @"g \text{ at the rows}")],
        Role = OpRole.Masking,
        MovesElements = true,
        Kind = OpKind.Linear,
        Promote = Promote.None,
        WantsDense = true,
        Infer = static (x, index, axis) =>
        {
            if (index.Rank != 1) throw new GradusException($"indexSelect: the index is {index}, expected one axis.");
            var sizes = x.Shape.ToArray();
            sizes[axis] = index.Shape[0];
            return new Meta(Shape.Adopt(sizes), x.DType);
        },
        Run = IndexingKernels.IndexSelect,
        Dx = new(Reads.Y, static (g, s) => IndexAdd!.Apply(g, s.Y, new ScatterArgs(s.Args, s.XShape))),
    };

    /// <summary>Positions of an axis counted from its start, those from its end too where that is allowed; what is outside is an error.</summary>
    public static readonly UnaryOp<PositionArgs> Positions = new("positions")
    {
        Promote = Promote.None,
        WantsDense = true,
        Run = IndexingKernels.Positions,
    };

    /// <summary>Where x is true, counted in row-major order.</summary>
    public static readonly UnaryOp<int> NonZero = new("nonZero")
    {
        WantsDense = true,
        Infer = static (_, count) => new Meta([count], DType.Int64),
        Run = IndexingKernels.NonZero,
    };

    /// <summary>From places in row-major order to positions along each axis.</summary>
    public static readonly UnaryOp<Shape> Unravel = new("unravel")
    {
        WantsDense = true,
        Infer = static (x, shape) => new Meta([.. x.Shape, shape.Rank], DType.Int64),
        Run = IndexingKernels.Unravel,
    };
}
