namespace Gradus;

internal static partial class Ops
{
    /// <summary>A tensor of one value, with x inside it.</summary>
    public static readonly UnaryOp<PadArgs> Pad = new("pad")
    {
        Derivatives = [DerivativeSymbol.Rule("g without the border", @"\operatorname{crop}(g)")],
        Infer = static (x, args) => new Meta(args.Shape, x.DType),
        Run = static (x, args, z) =>
        {
            IndexingKernels.Fill(z, args.Value);
            ElementwiseKernels.Copy(x, default, z.Over(Inside(z.Layout, args.Before, x.Shape)));
        },
        Dx = new(Reads.None, static (g, s) => Crop!.Apply(g, new CropArgs(s.Args.Before, s.XShape))),
    };

    /// <summary>The part of x of a given shape that begins at a position: the adjoint of <see cref="Pad"/> with zeros, which is its own.</summary>
    public static readonly ViewOp<CropArgs> Crop = new("crop")
    {
        Role = OpRole.Masking,
        Kind = OpKind.Linear,
        View = static (x, args) => Inside(x, args.Before, args.Shape),
        Dx = new(Reads.None, static (g, s) => Pad.Apply(g, new PadArgs(s.Args.Before, s.XShape, 0))),
    };

    private static Layout Inside(Layout outer, int[] before, Shape inner)
    {
        for (var axis = 0; axis < before.Length; axis++) outer = outer.Slice(axis, before[axis], inner[axis], 1);
        return outer;
    }
}
