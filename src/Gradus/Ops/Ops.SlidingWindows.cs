using Gradus.Kernels;

namespace Gradus;

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
                ElementwiseKernels.Number<AddOperator>(place, part, default, place);
            }
        },
        Dx = new(Reads.None, static (g, s) => Unfold.Apply(g, s.Args.Windows)),
    };
}
