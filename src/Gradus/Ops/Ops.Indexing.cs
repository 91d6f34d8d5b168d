namespace Gradus;

/// <summary>Along which axis to scatter, and the shape of the result.</summary>
public readonly record struct ScatterArgs(int Axis, Shape Shape)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ScatterArgs), PrintMembers);
}

/// <summary>What positions are of: the axis and its size, whether negative ones count from its end, and on whose behalf they are looked at.</summary>
public readonly record struct PositionArgs(string Operation, int Axis, int Size, bool FromEnd)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PositionArgs), PrintMembers);
}

internal static partial class Ops
{
    /// <summary>out[i, j] = x[y[i, j], j], for axis 0.</summary>
    public static readonly BinaryOp<int> Gather = new("gather")
    {
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
        Run = Indexing.Gather,
        Dx = new(Reads.Y, static (g, s) => ScatterAdd!.Apply(g, s.Y, new ScatterArgs(s.Args, s.XShape))),
    };

    /// <summary>Zeros, to which x is added at positions y: the adjoint of <see cref="Gather"/>, which is its own.</summary>
    public static readonly BinaryOp<ScatterArgs> ScatterAdd = new("scatterAdd")
    {
        Kind = OpKind.Linear,
        Promote = Promote.None,
        Infer = static (x, index, args) =>
        {
            if (x.DType == DType.Bool) throw Errors.NoArithmetic("scatterAdd");
            var fits = index.Rank == x.Rank && args.Shape.Rank == x.Rank;
            for (var axis = 0; fits && axis < x.Rank; axis++)
            {
                fits = index.Shape[axis] <= x.Shape[axis] && (axis == args.Axis || index.Shape[axis] <= args.Shape[axis]);
            }

            return fits
                ? new Meta(args.Shape, x.DType)
                : throw new GradusException($"scatterAdd: {x} at {index} along axis {args.Axis} does not fit into {args.Shape}.");
        },
        Run = Indexing.ScatterAdd,
        Dx = new(Reads.Y, static (g, s) => Gather.Apply(g, s.Y, s.Args.Axis)),
    };

    /// <summary>Slices y of an axis of x.</summary>
    public static readonly BinaryOp<int> IndexSelect = new("indexSelect")
    {
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
        Run = Indexing.IndexSelect,
        Dx = new(Reads.Y, static (g, s) => IndexAdd!.Apply(g, s.Y, new ScatterArgs(s.Args, s.XShape))),
    };

    /// <summary>Zeros, to whose slices y those of x are added: the adjoint of <see cref="IndexSelect"/>, which is its own.</summary>
    public static readonly BinaryOp<ScatterArgs> IndexAdd = new("indexAdd")
    {
        Kind = OpKind.Linear,
        Promote = Promote.None,
        WantsDense = true,
        Infer = static (x, index, args) =>
        {
            if (x.DType == DType.Bool) throw Errors.NoArithmetic("indexAdd");
            RequireSlices("indexAdd", new Meta(args.Shape, x.DType), index, x, args.Axis);
            return new Meta(args.Shape, x.DType);
        },
        Run = Indexing.IndexAdd,
        Dx = new(Reads.Y, static (g, s) => IndexSelect.Apply(g, s.Y, s.Args.Axis)),
    };

    /// <summary>x with slices y of an axis replaced by those of z; of equal positions the last wins, and it alone gets the gradient.</summary>
    public static readonly TernaryOp<int> IndexCopy = new("indexCopy")
    {
        Kind = OpKind.Linear,
        Promote = Promote.None,
        WantsDense = true,
        Infer = static (x, index, source, axis) =>
        {
            RequireSlices("indexCopy", x, index, source, axis);
            return new Meta(x.Shape, x.DType);
        },
        Run = Indexing.IndexCopy,
        Dx = new(Reads.Y, static (g, s) => IndexCopy!.Apply(g, s.Y, g.Weak(0).Expand(s.Node.Inputs[2].Shape), s.Args)),
        Dz = new(Reads.Y, static (g, s) => Tensor.Where(
            LastOfEqual(s.Y, s.XShape[s.Args]).Reshape(Along(s.Args, s.XShape.Rank)), IndexSelect.Apply(g, s.Y, s.Args), g.Weak(0))),
    };

    /// <summary>Positions of an axis counted from its start, those from its end too where that is allowed; what is outside is an error.</summary>
    public static readonly UnaryOp<PositionArgs> Positions = new("positions")
    {
        Promote = Promote.None,
        WantsDense = true,
        Run = Indexing.Positions,
    };

    /// <summary>Where x is true, counted in row-major order.</summary>
    public static readonly UnaryOp<int> NonZero = new("nonZero")
    {
        WantsDense = true,
        Infer = static (_, count) => new Meta([count], DType.Int64),
        Run = Indexing.NonZero,
    };

    /// <summary>From places in row-major order to positions along each axis.</summary>
    public static readonly UnaryOp<Shape> Unravel = new("unravel")
    {
        WantsDense = true,
        Infer = static (x, shape) => new Meta([.. x.Shape, shape.Rank], DType.Int64),
        Run = Indexing.Unravel,
    };

    /// <summary>Holds that there is a slice of an axis for each position.</summary>
    private static void RequireSlices(string operation, Meta whole, Meta index, Meta slices, int axis)
    {
        if (index.Rank != 1) throw new GradusException($"{operation}: the index is {index}, expected one axis.");
        var sizes = whole.Shape.ToArray();
        sizes[axis] = index.Shape[0];
        if (slices.Shape.AsSpan().SequenceEqual(sizes)) return;
        throw new GradusException(
            $"{operation}: the source is {slices}, expected [{string.Join(",", sizes)}] for {index.Shape[0]} positions of axis {axis} of {whole}.");
    }

    /// <summary>Whether no later entry of an index is the same.</summary>
    private static Tensor LastOfEqual(Tensor index, int size)
    {
        var order = Tensor.Arange(index.Shape[0]);
        var last = IndexCopy.Apply(Tensor.Zeros([size], DType.Int64), index, order, 0);
        return IndexSelect.Apply(last, index, 0).Equal(order);
    }

    /// <summary>The shape in which a vector lies along one axis.</summary>
    private static int[] Along(int axis, int rank)
    {
        var sizes = new int[rank];
        Array.Fill(sizes, 1);
        sizes[axis] = -1;
        return sizes;
    }
}
