namespace Gradus;

internal static partial class Ops
{
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
            ElementwiseKernels.Copy(x, default, z.Over(z.Layout.Diagonal(args.Diagonal)));
        },
        Dx = new(Reads.None, static (g, s) => Diagonal.Apply(g, s.Args.Diagonal)),
    };
}
