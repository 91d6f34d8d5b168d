using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = sin x.</summary>
    public static readonly UnaryOp<None> Sin = new("sin", Promote.Real, ElementwiseKernels.Real<SinOperator>)
    {
        Derivatives = [new("cos({x})", @"\cos {x}")],
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X.Cos())),
    };

    /// <summary>z = cos x.</summary>
    public static readonly UnaryOp<None> Cos = new("cos", Promote.Real, ElementwiseKernels.Real<CosOperator>)
    {
        Derivatives = [new("-sin({x})", @"-\sin {x}")],
        Dx = new(Reads.X, static (g, s) => -g.Chain(s.X.Sin())),
    };

    /// <summary>z = tan x.</summary>
    public static readonly UnaryOp<None> Tan = new("tan", Promote.Real, ElementwiseKernels.Real<TanOperator>)
    {
        Derivatives = [new("1 + {z}**2", "(1 + {z}^2)")],
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out.Square() + 1)),
    };

    /// <summary>z = arcsin x.</summary>
    public static readonly UnaryOp<None> Asin = new("asin", Promote.Real, ElementwiseKernels.Real<AsinOperator>)
    {
        Derivatives = [new("1 / sqrt(1 - {x}**2)", @"\frac{1}{\sqrt{1 - {x}^2}}")],
        Dx = new(Reads.X, static (g, s) => g.Chain(Slopes.OneMinusSquare.Apply(s.X, default).Rsqrt())),
    };

    /// <summary>z = arccos x.</summary>
    public static readonly UnaryOp<None> Acos = new("acos", Promote.Real, ElementwiseKernels.Real<AcosOperator>)
    {
        Derivatives = [new("-1 / sqrt(1 - {x}**2)", @"-\frac{1}{\sqrt{1 - {x}^2}}")],
        Dx = new(Reads.X, static (g, s) => -g.Chain(Slopes.OneMinusSquare.Apply(s.X, default).Rsqrt())),
    };

    /// <summary>z = arctan x.</summary>
    public static readonly UnaryOp<None> Atan = new("atan", Promote.Real, ElementwiseKernels.Real<AtanOperator>)
    {
        Derivatives = [new("1 / (1 + {x}**2)", @"\frac{1}{1 + {x}^2}")],
        Dx = new(Reads.X, static (g, s) => g.Chain(Slopes.HypotSlope.Apply(g.Weak(1), s.X, default).Square())),
    };

    /// <summary>z = sinh x.</summary>
    public static readonly UnaryOp<None> Sinh = new("sinh", Promote.Real, ElementwiseKernels.Real<SinhOperator>)
    {
        Derivatives = [new("cosh({x})", @"\cosh {x}")],
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X.Cosh())),
    };

    /// <summary>z = cosh x.</summary>
    public static readonly UnaryOp<None> Cosh = new("cosh", Promote.Real, ElementwiseKernels.Real<CoshOperator>)
    {
        Derivatives = [new("sinh({x})", @"\sinh {x}")],
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X.Sinh())),
    };

    /// <summary>z = arsinh x.</summary>
    public static readonly UnaryOp<None> Asinh = new("asinh", Promote.Real, ElementwiseKernels.Real<AsinhOperator>)
    {
        Dx = new(Reads.X, static (g, s) => g.Chain(Slopes.HypotSlope.Apply(g.Weak(1), s.X, default))),
    };

    /// <summary>z = arcosh x.</summary>
    public static readonly UnaryOp<None> Acosh = new("acosh", Promote.Real, ElementwiseKernels.Real<AcoshOperator>)
    {
        Dx = new(Reads.X, static (g, s) => g.Chain((s.X - 1).Rsqrt() * (s.X + 1).Rsqrt())),
    };

    /// <summary>z = artanh x.</summary>
    public static readonly UnaryOp<None> Atanh = new("atanh", Promote.Real, ElementwiseKernels.Real<AtanhOperator>)
    {
        Dx = new(Reads.X, static (g, s) => g.ChainOver(Slopes.OneMinusSquare.Apply(s.X, default))),
    };

    /// <summary>z = the angle of the point with ordinate x and abscissa y.</summary>
    public static readonly BinaryOp<None> Atan2 = new("atan2", Promote.Real, ElementwiseKernels.Real<Atan2Operator>)
    {
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Slopes.HypotSlope.Apply(s.Y, s.X, default).ChainOver(s.X.Hypot(s.Y)))),
        Dy = new(Reads.X | Reads.Y, static (g, s) => -g.Chain(Slopes.HypotSlope.Apply(s.X, s.Y, default).ChainOver(s.X.Hypot(s.Y)))),
    };
}
