namespace Gradus;

internal static partial class Ops
{
    /// <summary>
    /// out[n, o] = Σ over (c, i, j) of x[n, c, …] · w[o, c, i, j] + b[o]: [N, C, H, W], [O, C / groups, h, w] and, perhaps, [O] → [N, O, H′, W′].
    /// </summary>
    /// <remarks>
    /// Convolution, its gradient to the input and its gradient to the weight are each bilinear and each other's derivatives, so the three rows give each
    /// other's rules, and every order of derivative runs on a kernel.
    /// </remarks>
    public static readonly TernaryOp<ConvOptions> Conv2d = new("conv2d")
    {
        IsThirdOptional = true,
        Symbol = "conv",
        Role = OpRole.Multiplying,
        UnitAxis = 1,
        MultiplyAdds = static node => node.OutputShape().ElementCount * FilterTerms(node),
        Kind = OpKind.Bilinear,
        Promote = Promote.Real,
        WantsDense = true,
        Spec = static (x, w, b, options) => b is null ? WindowSpecs.Convolution(x, w, options) : WindowSpecs.Convolution(x, w, options) + b.Reshape(-1, 1, 1),
        Infer = static (x, w, b, options) => WindowKernels.InferConvolution(x, w, b, options),
        Run = static (x, w, b, options, z) => WindowKernels.Convolution(x, w, b, options, z),
        Dx = new(Reads.Y, static (g, s) => ConvTranspose2d!.Apply(g, s.Y, new ConvAdjointArgs(s.Args, s.XShape))),
        Dy = new(Reads.X, static (g, s) => WeightGradient(g, s.X, new ConvAdjointArgs(s.Args, s.YShape))),
        Dz = new(Reads.None, static (g, _) => g.Sum([0, 2, 3])),
    };

    /// <summary>The adjoint of <see cref="Conv2d"/> in its input: x[n, o] spread over the windows, weighted by w[o].</summary>
    public static readonly BinaryOp<ConvAdjointArgs> ConvTranspose2d = new("convTranspose2d")
    {
        Role = OpRole.Multiplying,
        UnitAxis = 1,
        MultiplyAdds = static node => node.Input(0).Shape.ElementCount * FilterTerms(node),
        Kind = OpKind.Bilinear,
        Promote = Promote.Real,
        WantsDense = true,
        Spec = WindowSpecs.Transposed,
        Infer = static (x, weight, args) => WindowKernels.InferConvolutionInput(x, weight, args),
        Run = WindowKernels.ConvolutionInput,
        Dx = new(Reads.Y, static (g, s) => Conv2d.Apply(g, s.Y, null, s.Args.Options)),
        Dy = new(Reads.X, static (g, s) =>
            Unasked.Skip(g, s.X, [1, 2, 3], null, new ConvAdjointArgs(s.Args.Options, s.YShape), static (g, x, args) => Conv2dWeight!.Apply(g, x, args))),
    };

    /// <summary>The adjoint of <see cref="Conv2d"/> in its weight: Σ over images and windows of x[n, c, …] · y[n, o].</summary>
    public static readonly BinaryOp<ConvAdjointArgs> Conv2dWeight = new("conv2dWeight")
    {
        Role = OpRole.Multiplying,
        MultiplyAdds = static node => node.Input(1).Shape.ElementCount * (node.OutputShape().ElementCount / node.OutputShape()[0]),
        Kind = OpKind.Bilinear,
        Promote = Promote.Real,
        WantsDense = true,
        Spec = WindowSpecs.Weight,
        Infer = static (x, y, args) => WindowKernels.InferConvolutionWeight(x, y, args),
        Run = WindowKernels.ConvolutionWeight,
        Dx = new(Reads.Y, static (g, s) => ConvTranspose2d.Apply(s.Y, g, new ConvAdjointArgs(s.Args.Options, s.XShape))),
        Dy = new(Reads.X, static (g, s) => Conv2d.Apply(s.X, g, null, s.Args.Options)),
    };

    /// <summary>Σ over images and windows of x · g; an image that gets no gradient takes no part. A filter of the only group reads all of an image.</summary>
    private static Tensor WeightGradient(Tensor g, Tensor x, ConvAdjointArgs args) =>
        Unasked.Skip(g, x, [1, 2, 3], args.Options.Groups == 1 ? 0 : null, args, static (g, x, args) => Conv2dWeight.Apply(x, g, args));

    /// <summary>The elements of one filter.</summary>
    private static long FilterTerms(Node node) => node.Input(1).Shape.ElementCount / node.Input(1).Shape[0];
}
