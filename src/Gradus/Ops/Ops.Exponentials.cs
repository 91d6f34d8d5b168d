using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = eˣ.</summary>
    public static readonly UnaryOp<None> Exp = new("exp")
    {
        Derivatives = [new("{z}", "{z}")],
        Role = OpRole.Saturating,
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<ExpOperator<float>, ExpOperator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out)),
    };

    /// <summary>z = log x.</summary>
    public static readonly UnaryOp<None> Log = new("log")
    {
        Derivatives = [new("1 / {x}", @"\frac{1}{{x}}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<LogOperator<float>, LogOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X)),
    };

    /// <summary>z = log(1 + x).</summary>
    public static readonly UnaryOp<None> Log1P = new("log1p")
    {
        Derivatives = [new("1 / (1 + {x})", @"\frac{1}{1 + {x}}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<Log1pOperator<float>, Log1pOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X + 1)),
    };

    /// <summary>z = √x.</summary>
    public static readonly UnaryOp<None> Sqrt = new("sqrt")
    {
        Derivatives = [new("1 / (2 * {z})", @"\frac{1}{2 {z}}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<SqrtOperator<float>, SqrtOperator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => g.ChainOver(s.Out * 2)),
    };

    /// <summary>z = xʸ.</summary>
    public static readonly BinaryOp<None> Pow = new("pow")
    {
        Symbol = "xʸ",
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<PowOperator<float>, PowOperator<double>, None>,
        // At y = 0 the power is constant; y·x⁻¹ would be 0·∞ where x = 0 too.
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(s.Y).Chain(s.X.Pow(Tensor.Where(s.Y.Equal(0).LogicalAnd(s.X.Equal(0)), s.Y, s.Y - 1)))),
        // xʸ·log x tends to 0 with x, for y > 0.
        Dy = new(Reads.X | Reads.Y | Reads.Out, static (g, s) => g.Chain(s.Out).Chain(Tensor.Where(s.X.Equal(0).LogicalAnd(s.Y >= 0), s.X + 1, s.X).Log())),
    };

    /// <summary>z = erf x.</summary>
    public static readonly UnaryOp<None> Erf = new("erf")
    {
        Derivatives = [new("2 / sqrt(pi) * exp(-{x}**2)", @"\frac{2}{\sqrt{\pi}} e^{-{x}^2}")],
        Role = OpRole.Saturating,
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<ErfOperator<float>, ErfOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain((-s.X.Square()).Exp() * 1.1283791670955126)),
    };

    /// <summary>z = 2ˣ.</summary>
    public static readonly UnaryOp<None> Exp2 = new("exp2")
    {
        Role = OpRole.Saturating,
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<Exp2Operator<float>, Exp2Operator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out * 0.6931471805599453)),
    };

    /// <summary>z = eˣ − 1.</summary>
    public static readonly UnaryOp<None> ExpM1 = new("expm1")
    {
        Derivatives = [new("exp({x})", "e^{{x}}")],
        Role = OpRole.Saturating,
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<Expm1Operator<float>, Expm1Operator<double>, None>,
        // Not the result plus 1, of which nothing is left far below 0.
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X.Exp())),
    };

    /// <summary>z = log₂ x.</summary>
    public static readonly UnaryOp<None> Log2 = new("log2")
    {
        Derivatives = [new("1 / ({x} * log(2))", @"\frac{1}{{x} \ln 2}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<Log2Operator<float>, Log2Operator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X * 0.6931471805599453)),
    };

    /// <summary>z = log₁₀ x.</summary>
    public static readonly UnaryOp<None> Log10 = new("log10")
    {
        Derivatives = [new("1 / ({x} * log(10))", @"\frac{1}{{x} \ln 10}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<Log10Operator<float>, Log10Operator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X * 2.302585092994046)),
    };

    /// <summary>z = 1 / √x.</summary>
    public static readonly UnaryOp<None> Rsqrt = new("rsqrt")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<RsqrtOperator<float>, RsqrtOperator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out * s.Out.Square() * -0.5)),
    };

    /// <summary>z = 1 / x.</summary>
    public static readonly UnaryOp<None> Reciprocal = new("reciprocal")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<ReciprocalOperator<float>, ReciprocalOperator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => -g.Chain(s.Out.Square())),
    };

    /// <summary>z = 1 − erf x.</summary>
    public static readonly UnaryOp<None> Erfc = new("erfc")
    {
        Role = OpRole.Saturating,
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<ErfcOperator<float>, ErfcOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain((-s.X.Square()).Exp() * -1.1283791670955126)),
    };

    /// <summary>z = log(eˣ + eʸ).</summary>
    public static readonly BinaryOp<None> LogAddExp = new("logaddexp")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<LogAddExpOperator<float>, LogAddExpOperator<double>, None>,
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Lead(s.X, s.Y))),
        Dy = new(Reads.X | Reads.Y, static (g, s) => g.Chain(Lead(s.Y, s.X))),
    };

    /// <summary>z = x·log y, 0 where x is 0.</summary>
    public static readonly BinaryOp<None> XLogY = new("xlogy")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<XLogYOperator<float>, XLogYOperator<double>, None>,
        Dx = new(Reads.X | Reads.Y, static (g, s) => Tensor.Where(s.X.Equal(0).LogicalAnd(s.Y <= 0), g.Weak(0), g.Chain(s.Y.Log()))),
        Dy = new(Reads.X | Reads.Y, static (g, s) => g.Chain(s.X.ChainOver(s.Y))),
    };

    /// <summary>z = √(x² + y²).</summary>
    public static readonly BinaryOp<None> Hypot = new("hypot")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<HypotOperator<float>, HypotOperator<double>, None>,
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
