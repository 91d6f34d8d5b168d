using Gradus.Kernels;

namespace Gradus;

/// <summary>
/// Windows along an axis: of <paramref name="Size"/> positions that are <paramref name="Dilation"/> apart, beginning every <paramref name="Step"/> positions.
/// </summary>
public readonly record struct UnfoldArgs(int Axis, int Size, int Step, int Dilation)
{
    /// <summary>How many windows an axis of a size holds; 0 or less where it is too short for one.</summary>
    internal int Windows(int size) => (int)Math.Floor((size - 1 - ((long)Dilation * (Size - 1))) / (double)Step) + 1;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(UnfoldArgs), PrintMembers);
}

/// <summary>Where in a tensor of zeros overlapping windows are added up.</summary>
public readonly record struct OverlapArgs(UnfoldArgs Windows, Shape Shape);

/// <summary>Axes that run backwards.</summary>
public readonly record struct FlipArgs(int[] Axes)
{
    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(",", Axes)}]";
}

/// <summary>The elements whose position along the second axis is that along the first plus an offset.</summary>
public readonly record struct DiagonalArgs(int Offset, int Axis0, int Axis1)
{
    /// <summary>The number of elements in a shape, and where the first one is.</summary>
    internal (int Length, int Row, int Column) On(Shape shape)
    {
        var row = (int)Math.Clamp(-(long)Offset, 0, shape[Axis0]);
        var column = Math.Clamp(Offset, 0, shape[Axis1]);
        return (Math.Min(shape[Axis0] - row, shape[Axis1] - column), row, column);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(DiagonalArgs), PrintMembers);
}

/// <summary>Where in a tensor of zeros a diagonal goes.</summary>
public readonly record struct EmbedDiagonalArgs(DiagonalArgs Diagonal, Shape Shape);

internal static partial class Ops
{
    /// <summary>Windows along an axis, which overlap where the step is below their size.</summary>
    public static readonly ViewOp<UnfoldArgs> Unfold = new("unfold")
    {
        Kind = OpKind.Linear,
        View = static (x, args) => x.Unfold(args),
        Dx = new(Reads.None, static (g, s) => OverlapAdd!.Apply(g, new OverlapArgs(s.Args, s.XShape))),
    };

    /// <summary>Zeros, to which the windows x are added where they were: the adjoint of <see cref="Unfold"/>, which is its own.</summary>
    public static readonly UnaryOp<OverlapArgs> OverlapAdd = new("overlapAdd")
    {
        Kind = OpKind.Linear,
        Promote = Promote.Number,
        Infer = static (x, args) =>
        {
            var windows = Layout.Dense(args.Shape).Unfold(args.Windows).Shape;
            return x.Shape == windows ? new Meta(args.Shape, x.DType) : throw Errors.DoesNotFit("overlapAdd", "input", x.ToString(), windows.ToString());
        },
        Run = static (x, args, z) =>
        {
            z.Clear();
            var (axis, size, step, dilation) = args.Windows;
            // One position of all windows at a time: no two of them meet, and every element of z sees its additions in this order.
            for (var position = 0; position < size; position++)
            {
                var part = x.Over(x.Layout.Select(x.Shape.Rank - 1, position));
                var place = z.Slice(axis, position * dilation, part.Shape[axis], step);
                Elementwise.Number<AddOperator<float>, AddOperator<double>, AddOperator<long>, AddOperator<int>, None>(place, part, default, place);
            }
        },
        Dx = new(Reads.None, static (g, s) => Unfold.Apply(g, s.Args.Windows)),
    };

    /// <summary>Some axes run backwards.</summary>
    public static readonly ViewOp<FlipArgs> Flip = new("flip")
    {
        Kind = OpKind.Linear,
        View = static (x, args) => x.Flip(args.Axes),
        Dx = new(Reads.None, static (g, s) => g.Flip(s.Args.Axes)),
    };

    /// <summary>The diagonal of two axes as a new last axis.</summary>
    public static readonly ViewOp<DiagonalArgs> Diagonal = new("diagonal")
    {
        Kind = OpKind.Linear,
        View = static (x, args) => x.Diagonal(args),
        Dx = new(Reads.None, static (g, s) => DiagonalEmbed!.Apply(g, new EmbedDiagonalArgs(s.Args, s.XShape))),
    };

    /// <summary>Zeros, with x on a diagonal of them: the adjoint of <see cref="Diagonal"/>, which is its own.</summary>
    public static readonly UnaryOp<EmbedDiagonalArgs> DiagonalEmbed = new("diagonalEmbed")
    {
        Kind = OpKind.Linear,
        Infer = static (x, args) => new Meta(args.Shape, x.DType),
        Run = static (x, args, z) =>
        {
            z.Clear();
            Elementwise.Copy(x, default, z.Over(z.Layout.Diagonal(args.Diagonal)));
        },
        Dx = new(Reads.None, static (g, s) => Diagonal.Apply(g, s.Args.Diagonal)),
    };
}
