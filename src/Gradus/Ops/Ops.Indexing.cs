namespace Gradus;

/// <summary>Along which axis to scatter, and the shape of the result.</summary>
public readonly record struct ScatterArgs(int Axis, Shape Shape);

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
                if (other != axis && index.Shape[other] > x.Shape[other]) throw new GradusException($"gather: the index is {index}, larger than {x} along axis {other}.");
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
        Infer = static (x, _, args) => new Meta(args.Shape, x.DType),
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
        Infer = static (x, _, args) => new Meta(args.Shape, x.DType),
        Run = Indexing.IndexAdd,
        Dx = new(Reads.Y, static (g, s) => IndexSelect.Apply(g, s.Y, s.Args.Axis)),
    };
}
