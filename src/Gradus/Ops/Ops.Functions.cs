using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = eˣ.</summary>
    public static readonly UnaryOp<None> Exp = new("exp")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = Elementwise.Real<ExpOperator<float>, ExpOperator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => g.Chain(s.Out)),
    };

    /// <summary>z = log x.</summary>
    public static readonly UnaryOp<None> Log = new("log")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = Elementwise.Real<LogOperator<float>, LogOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X)),
    };

    /// <summary>z = log(1 + x).</summary>
    public static readonly UnaryOp<None> Log1P = new("log1p")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = Elementwise.Real<Log1pOperator<float>, Log1pOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.ChainOver(s.X + 1)),
    };

    /// <summary>z = √x.</summary>
    public static readonly UnaryOp<None> Sqrt = new("sqrt")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = Elementwise.Real<SqrtOperator<float>, SqrtOperator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => g.ChainOver(s.Out * 2)),
    };

    /// <summary>z = xʸ.</summary>
    public static readonly BinaryOp<None> Pow = new("pow")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = Elementwise.Real<PowOperator<float>, PowOperator<double>, None>,
        // At y = 0 the power is constant; y·x⁻¹ would be 0·∞ where x = 0 too.
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(s.Y).Chain(s.X.Pow(Tensor.Where(s.Y.Equal(0).LogicalAnd(s.X.Equal(0)), s.Y, s.Y - 1)))),
        // xʸ·log x tends to 0 with x, for y > 0.
        Dy = new(Reads.X | Reads.Y | Reads.Out, static (g, s) => g.Chain(s.Out).Chain(Tensor.Where(s.X.Equal(0).LogicalAnd(s.Y >= 0), s.X + 1, s.X).Log())),
    };

    /// <summary>z = max(x, 0).</summary>
    public static readonly UnaryOp<None> Relu = new("relu")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = Elementwise.Real<ReluOperator<float>, ReluOperator<double>, None>,
        Dx = new(Reads.Out, static (g, s) => Tensor.Where(s.Out <= 0, g.Weak(0), g)),
        FastDx = static (g, s, dx) => Elementwise.Real<ReluBackwardOperator<float>, ReluBackwardOperator<double>, None>(g, s.Out, default, dx),
    };

    /// <summary>z = 1 / (1 + e⁻ˣ).</summary>
    public static readonly UnaryOp<None> Sigmoid = new("sigmoid")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Spec = static (x, _) => 1 / (1 + (-x).Exp()),
        Run = Elementwise.Real<SigmoidOperator<float>, SigmoidOperator<double>, None>,
        // From x where the rule is recorded: 1 − out has few digits where out is close to 1, and a second derivative fewer.
        Dx = new(Reads.X | Reads.Out, static (g, s) => g.Chain(Slopes.Bell.Apply(s.X, default))),
        FastDx = static (g, s, dx) => Elementwise.Real<SigmoidBackwardOperator<float>, SigmoidBackwardOperator<double>, None>(g, s.Out, default, dx),
    };

    /// <summary>z = tanh x.</summary>
    public static readonly UnaryOp<None> Tanh = new("tanh")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Spec = static (x, _) => 1 - (2 / ((x * 2).Exp() + 1)),
        Run = Elementwise.Real<TanhOperator<float>, TanhOperator<double>, None>,
        Dx = new(Reads.X | Reads.Out, static (g, s) => g.Chain(Slopes.Bell.Apply(s.X * 2, default) * 4)),
        FastDx = static (g, s, dx) => Elementwise.Real<TanhBackwardOperator<float>, TanhBackwardOperator<double>, None>(g, s.Out, default, dx),
    };

    /// <summary>z = erf x.</summary>
    public static readonly UnaryOp<None> Erf = new("erf")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = Elementwise.Real<ErfOperator<float>, ErfOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain((-s.X.Square()).Exp() * 1.1283791670955126)),
    };

    /// <summary>z = x·Φ(x), Φ being the standard normal distribution.</summary>
    public static readonly UnaryOp<None> Gelu = new("gelu")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Spec = static (x, _) => x * Normal(x),
        Run = Elementwise.Real<GeluOperator<float>, GeluOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) => s.X.Clamp(-64, 64) is var x ? g.Chain(Normal(x) + (x * ((x.Square() * -0.5).Exp() * 0.3989422804014327))) : g),
        FastDx = static (g, s, dx) => Elementwise.Real<GeluBackwardOperator<float>, GeluBackwardOperator<double>, None>(g, s.X, default, dx),
    };

    /// <summary>z = x / (1 + e⁻ˣ).</summary>
    public static readonly UnaryOp<None> Silu = new("silu")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Spec = static (x, _) => x * x.Sigmoid(),
        Run = Elementwise.Real<SiluOperator<float>, SiluOperator<double>, None>,
        Dx = new(Reads.X, static (g, s) =>
            s.X.Clamp(-1000, 1000) is var x ? g.Chain(Slopes.Logistic.Apply(x, default) + (x * Slopes.Bell.Apply(x, default))) : g),
        FastDx = static (g, s, dx) => Elementwise.Real<SiluBackwardOperator<float>, SiluBackwardOperator<double>, None>(g, s.X, default, dx),
    };

    /// <summary>Φ(x) = ½·erfc(−x/√2), which keeps its digits far below 0.</summary>
    private static Tensor Normal(Tensor x) => (x * -0.7071067811865476).Erfc() * 0.5;
}
