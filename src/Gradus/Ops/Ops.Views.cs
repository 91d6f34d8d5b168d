namespace Gradus;

internal static partial class Ops
{
    /// <summary>The same elements under another shape.</summary>
    public static readonly ViewOp<Shape> Reshape = new("reshape")
    {
        Role = OpRole.Moving,
        Kind = OpKind.Linear,
        View = static (x, shape) => x.Reshape(shape)!,
        Dx = new(Reads.None, static (g, s) => g.Reshape(s.XShape)),
    };

    /// <summary>The axes in another order.</summary>
    public static readonly ViewOp<PermuteArgs> Permute = new("permute")
    {
        Symbol = "ᵀ",
        Role = OpRole.Moving,
        Kind = OpKind.Linear,
        View = static (x, args) => x.Permute(args.Order),
        Dx = new(Reads.None, static (g, s) => g.Permute(s.Args.Inverse())),
    };

    /// <summary>The same tensor as a node of its own: where a part of the graph begins.</summary>
    public static readonly ViewOp<None> Identity = new("identity")
    {
        Symbol = "=",
        Derivatives = [DerivativeSymbol.Rule("g", "g")],
        Role = OpRole.Moving,
        Kind = OpKind.Linear,
        View = static (x, _) => x,
        Dx = new(Reads.None, static (g, _) => g),
    };

    /// <summary>Repeated to a larger shape. The engine sums the gradient back over what was repeated.</summary>
    public static readonly ViewOp<Shape> Expand = new("expand")
    {
        Symbol = "copy",
        Role = OpRole.Moving,
        Kind = OpKind.Linear,
        View = static (x, shape) => x.Expand(shape),
        Dx = new(Reads.None, static (g, _) => g),
    };

    /// <summary>Some positions of an axis.</summary>
    public static readonly ViewOp<SliceArgs> Slice = new("slice")
    {
        Symbol = "[ : ]",
        Derivatives = [DerivativeSymbol.Rule("g, and 0 beside it", @"\operatorname{pad}(g)")],
        Role = OpRole.Masking | OpRole.Moving,
        Kind = OpKind.Linear,
        View = static (x, args) => x.Slice(args.Axis, args.Start, args.Length, args.Step),
        Dx = new(Reads.None, static (g, s) => Embed!.Apply(g, new EmbedArgs(s.Args, s.XShape))),
    };

    /// <summary>One position of an axis, which is removed.</summary>
    public static readonly ViewOp<SelectArgs> Select = new("select")
    {
        Symbol = "[ i ]",
        Derivatives = [DerivativeSymbol.Rule("g, and 0 beside it", @"\operatorname{pad}(g)")],
        Role = OpRole.Masking | OpRole.Moving,
        Kind = OpKind.Linear,
        View = static (x, args) => x.Select(args.Axis, args.Index),
        Dx = new(Reads.None, static (g, s) => Embed!.Apply(g.Unsqueeze(s.Args.Axis), new EmbedArgs(new SliceArgs(s.Args.Axis, s.Args.Index, 1, 1), s.XShape))),
    };

    /// <summary>Zeros, with x in a slice of them: the adjoint of <see cref="Slice"/>, which is its own.</summary>
    public static readonly UnaryOp<EmbedArgs> Embed = new("embed")
    {
        MovesElements = true,
        Kind = OpKind.Linear,
        Infer = static (x, args) => new Meta(args.Shape, x.DType),
        Run = static (x, args, z) =>
        {
            z.Clear();
            ElementwiseKernels.Copy(x, default, z.Slice(args.Slice.Axis, args.Slice.Start, args.Slice.Length, args.Slice.Step));
        },
        Dx = new(Reads.None, static (g, s) => g.Slice(s.Args.Slice.Axis, s.Args.Slice.Start, s.Args.Slice.Length, s.Args.Slice.Step)),
    };
}
