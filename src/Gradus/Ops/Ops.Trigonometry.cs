using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = sin x.</summary>
    public static readonly UnaryOp<None> Sin = new("sin")
    {
        Derivatives = [new("cos({x})", @"\cos {x}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<SinOperator<float>, SinOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X.Cos())),
    };

    /// <summary>z = cos x.</summary>
    public static readonly UnaryOp<None> Cos = new("cos")
    {
        Derivatives = [new("-sin({x})", @"-\sin {x}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<CosOperator<float>, CosOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => -g.Chain(s.X.Sin())),
    };

    /// <summary>z = tan x.</summary>
    public static readonly UnaryOp<None> Tan = new("tan")
    {
        Derivatives = [new("1 + {z}**2", "(1 + {z}^2)")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<TanOperator<float>, TanOperator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out.Square() + 1)),
    };

    /// <summary>z = arcsin x.</summary>
    public static readonly UnaryOp<None> Asin = new("asin")
    {
        Derivatives = [new("1 / sqrt(1 - {x}**2)", @"\frac{1}{\sqrt{1 - {x}^2}}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<AsinOperator<float>, AsinOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain(Slopes.OneMinusSquare.Apply(s.X, default).Rsqrt())),
    };

    /// <summary>z = arccos x.</summary>
    public static readonly UnaryOp<None> Acos = new("acos")
    {
        Derivatives = [new("-1 / sqrt(1 - {x}**2)", @"-\frac{1}{\sqrt{1 - {x}^2}}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<AcosOperator<float>, AcosOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => -g.Chain(Slopes.OneMinusSquare.Apply(s.X, default).Rsqrt())),
    };

    /// <summary>z = arctan x.</summary>
    public static readonly UnaryOp<None> Atan = new("atan")
    {
        Derivatives = [new("1 / (1 + {x}**2)", @"\frac{1}{1 + {x}^2}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<AtanOperator<float>, AtanOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain(Slopes.HypotSlope.Apply(g.Weak(1), s.X, default).Square())),
    };

    /// <summary>z = sinh x.</summary>
    public static readonly UnaryOp<None> Sinh = new("sinh")
    {
        Derivatives = [new("cosh({x})", @"\cosh {x}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<SinhOperator<float>, SinhOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X.Cosh())),
    };

    /// <summary>z = cosh x.</summary>
    public static readonly UnaryOp<None> Cosh = new("cosh")
    {
        Derivatives = [new("sinh({x})", @"\sinh {x}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<CoshOperator<float>, CoshOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X.Sinh())),
    };

    /// <summary>z = arsinh x.</summary>
    public static readonly UnaryOp<None> Asinh = new("asinh")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<AsinhOperator<float>, AsinhOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain(Slopes.HypotSlope.Apply(g.Weak(1), s.X, default))),
    };

    /// <summary>z = arcosh x.</summary>
    public static readonly UnaryOp<None> Acosh = new("acosh")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<AcoshOperator<float>, AcoshOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain((s.X - 1).Rsqrt() * (s.X + 1).Rsqrt())),
    };

    /// <summary>z = artanh x.</summary>
    public static readonly UnaryOp<None> Atanh = new("atanh")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<AtanhOperator<float>, AtanhOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.ChainOver(Slopes.OneMinusSquare.Apply(s.X, default))),
    };

    /// <summary>z = the angle of the point with ordinate x and abscissa y.</summary>
    public static readonly BinaryOp<None> Atan2 = new("atan2")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<Atan2Operator<float>, Atan2Operator<double>, None>,
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Slopes.HypotSlope.Apply(s.Y, s.X, default).ChainOver(s.X.Hypot(s.Y)))),
        Dy = new(Reads.X | Reads.Y, static (g, s) => -g.Chain(Slopes.HypotSlope.Apply(s.X, s.Y, default).ChainOver(s.X.Hypot(s.Y)))),
    };
}
