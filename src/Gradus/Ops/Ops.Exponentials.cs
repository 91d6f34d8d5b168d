using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = eˣ.</summary>
    public static readonly UnaryOp<None> Exp = new("exp", Promote.Real, ElementwiseKernels.Real<ExpOperator>)
    {
        Derivatives = [new("{z}", "{z}")],
        Role = OpRole.Saturating,
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out)),
    };

    /// <summary>z = log x.</summary>
    public static readonly UnaryOp<None> Log = new("log", Promote.Real, ElementwiseKernels.Real<LogOperator>)
    {
        Derivatives = [new("1 / {x}", @"\frac{1}{{x}}")],
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X)),
    };

    /// <summary>z = log(1 + x).</summary>
    public static readonly UnaryOp<None> Log1P = new("log1p", Promote.Real, ElementwiseKernels.Real<Log1pOperator>)
    {
        Derivatives = [new("1 / (1 + {x})", @"\frac{1}{1 + {x}}")],
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X + 1)),
    };

    /// <summary>z = √x.</summary>
    public static readonly UnaryOp<None> Sqrt = new("sqrt", Promote.Real, ElementwiseKernels.Real<SqrtOperator>)
    {
        Derivatives = [new("1 / (2 * {z})", @"\frac{1}{2 {z}}")],
        Dx = new(Reads.Out, static (g, s) => g.ChainOver(s.Out * 2)),
    };

    /// <summary>z = xʸ.</summary>
    public static readonly BinaryOp<None> Pow = new("pow", Promote.Real, ElementwiseKernels.Real<PowOperator>)
    {
        Symbol = "xʸ",
        // At y = 0 the power is constant; y·x⁻¹ would be 0·∞ where x = 0 too.
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(s.Y).Chain(s.X.Pow(Tensor.Where(s.Y.Equal(0).LogicalAnd(s.X.Equal(0)), s.Y, s.Y - 1)))),
        // xʸ·log x tends to 0 with x, for y > 0.
        Dy = new(Reads.X | Reads.Y | Reads.Out, static (g, s) => g.Chain(s.Out).Chain(Tensor.Where(s.X.Equal(0).LogicalAnd(s.Y >= 0), s.X + 1, s.X).Log())),
    };

    /// <summary>z = erf x.</summary>
    public static readonly UnaryOp<None> Erf = new("erf", Promote.Real, ElementwiseKernels.Real<ErfOperator>)
    {
        Derivatives = [new("2 / sqrt(pi) * exp(-{x}**2)", @"\frac{2}{\sqrt{\pi}} e^{-{x}^2}")],
        Role = OpRole.Saturating,
        Dx = new(Reads.X, static (g, s) => g.Chain((-s.X.Square()).Exp() * 1.1283791670955126)),
    };

    /// <summary>z = 2ˣ.</summary>
    public static readonly UnaryOp<None> Exp2 = new("exp2", Promote.Real, ElementwiseKernels.Real<Exp2Operator>)
    {
        Role = OpRole.Saturating,
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out * 0.6931471805599453)),
    };

    /// <summary>z = eˣ − 1.</summary>
    public static readonly UnaryOp<None> ExpM1 = new("expm1", Promote.Real, ElementwiseKernels.Real<Expm1Operator>)
    {
        Derivatives = [new("exp({x})", "e^{{x}}")],
        Role = OpRole.Saturating,
        // Not the result plus 1, of which nothing is left far below 0.
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X.Exp())),
    };

    /// <summary>z = log₂ x.</summary>
    public static readonly UnaryOp<None> Log2 = new("log2", Promote.Real, ElementwiseKernels.Real<Log2Operator>)
    {
        Derivatives = [new("1 / ({x} * log(2))", @"\frac{1}{{x} \ln 2}")],
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X * 0.6931471805599453)),
    };

    /// <summary>z = log₁₀ x.</summary>
    public static readonly UnaryOp<None> Log10 = new("log10", Promote.Real, ElementwiseKernels.Real<Log10Operator>)
    {
        Derivatives = [new("1 / ({x} * log(10))", @"\frac{1}{{x} \ln 10}")],
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X * 2.302585092994046)),
    };

    /// <summary>z = 1 / √x.</summary>
    public static readonly UnaryOp<None> Rsqrt = new("rsqrt", Promote.Real, ElementwiseKernels.Real<RsqrtOperator>)
    {
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out * s.Out.Square() * -0.5)),
    };

    /// <summary>z = 1 / x.</summary>
    public static readonly UnaryOp<None> Reciprocal = new("reciprocal", Promote.Real, ElementwiseKernels.Real<ReciprocalOperator>)
    {
        Dx = new(Reads.Out, static (g, s) => -g.Chain(s.Out.Square())),
    };

    /// <summary>z = 1 − erf x.</summary>
    public static readonly UnaryOp<None> Erfc = new("erfc", Promote.Real, ElementwiseKernels.Real<ErfcOperator>)
    {
        Role = OpRole.Saturating,
        Dx = new(Reads.X, static (g, s) => g.Chain((-s.X.Square()).Exp() * -1.1283791670955126)),
    };

    /// <summary>z = log(eˣ + eʸ).</summary>
    public static readonly BinaryOp<None> LogAddExp = new("logaddexp", Promote.Real, ElementwiseKernels.Real<LogAddExpOperator>)
    {
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Lead(s.X, s.Y))),
        Dy = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Lead(s.Y, s.X))),
    };

    /// <summary>z = x·log y, 0 where x is 0.</summary>
    public static readonly BinaryOp<None> XLogY = new("xlogy", Promote.Real, ElementwiseKernels.Real<XLogYOperator>)
    {
        Dx = new(Reads.X | Reads.Y, static (g, s) => Tensor.Where(s.X.Equal(0).LogicalAnd(s.Y <= 0), g.Weak(0), g.Chain(s.Y.Log()))),
        Dy = new(Reads.X | Reads.Y, static (g, s) => g.Chain(s.X.ChainOver(s.Y))),
    };

    /// <summary>z = √(x² + y²).</summary>
    public static readonly BinaryOp<None> Hypot = new("hypot", Promote.Real, ElementwiseKernels.Real<HypotOperator>)
    {
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Slopes.HypotSlope.Apply(s.X, s.Y, default))),
        Dy = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Slopes.HypotSlope.Apply(s.Y, s.X, default))),
    };

    /// <summary>eˣ/(eˣ + eʸ): 0 where x is −∞, ½ where both are ∞.</summary>
    private static Tensor Lead(Tensor x, Tensor y)
    {
        var difference = Tensor.Where(x.Equal(double.PositiveInfinity).LogicalAnd(y.Equal(double.PositiveInfinity)), x.Weak(0), x - y);
        return Slopes.Logistic.Apply(Tensor.Where(x.Equal(double.NegativeInfinity), x.Weak(double.NegativeInfinity), difference), default);
    }
}
