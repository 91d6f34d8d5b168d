using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = max(x, 0).</summary>
    public static readonly UnaryOp<None> Relu = new("relu", Promote.Real, ElementwiseKernels.Real<ReluOperator>)
    {
        Derivatives = [new("(1 if {x} > 0 else 0)", "[{x} > 0]") { OfTensors = "where({x} > 0, 1, 0)" }],
        Role = OpRole.Rectifying,
        Dx = new(Reads.Out, static (g, s) => Tensor.Where(s.Out <= 0, g.Weak(0), g)),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(ReluBackwardOperator), g, s.Out, dx),
    };

    /// <summary>z = 1 / (1 + e⁻ˣ).</summary>
    public static readonly UnaryOp<None> Sigmoid = new("sigmoid", Promote.Real, ElementwiseKernels.Real<SigmoidOperator>)
    {
        Derivatives = [new("{z} * (1 - {z})", "{z} (1 - {z})")],
        Role = OpRole.Saturating,
        Saturation = new(static y => y * (1 - y) * 4, 0.05),
        Spec = static (x, _) => 1 / (1 + (-x).Exp()),
        // From x where the rule is recorded: 1 − out has few digits where out is close to 1, and a second derivative fewer.
        Dx = new(Reads.X | Reads.Out, static (g, s) => g.Chain(Slopes.Bell.Apply(s.X, default))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(SigmoidBackwardOperator), g, s.Out, dx),
    };

    /// <summary>z = tanh x.</summary>
    public static readonly UnaryOp<None> Tanh = new("tanh", Promote.Real, ElementwiseKernels.Real<TanhOperator>)
    {
        Derivatives = [new("1 - {z}**2", "(1 - {z}^2)")],
        Role = OpRole.Saturating,
        Saturation = new(static y => 1 - y.Square(), 0.05),
        Spec = static (x, _) => 1 - (2 / ((x * 2).Exp() + 1)),
        Dx = new(Reads.X | Reads.Out, static (g, s) => g.Chain(Slopes.Bell.Apply(s.X * 2, default) * 4)),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(TanhBackwardOperator), g, s.Out, dx),
    };

    /// <summary>z = x·Φ(x), Φ being the standard normal distribution.</summary>
    public static readonly UnaryOp<None> Gelu = new("gelu", Promote.Real, ElementwiseKernels.Real<GeluOperator>)
    {
        Derivatives = [new("(1 + erf({x} / sqrt(2))) / 2 + {x} * exp(-{x}**2 / 2) / sqrt(2 * pi)", @"\left(\Phi({x}) + {x} \, \varphi({x})\right)")],
        Role = OpRole.Saturating,
        Spec = static (x, _) => x * Normal(x),
        Dx = new(Reads.X, static (g, s) => g.Chain(GeluSlope(s.X.Clamp(-64, 64)))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(GeluBackwardOperator), g, s.X, dx),
    };

    /// <summary>z = x / (1 + e⁻ˣ).</summary>
    public static readonly UnaryOp<None> Silu = new("silu", Promote.Real, ElementwiseKernels.Real<SiluOperator>)
    {
        Derivatives = [new("sigmoid({x}) * (1 + {x} * (1 - sigmoid({x})))", @"\sigma({x}) (1 + {x} (1 - \sigma({x})))")],
        Role = OpRole.Saturating,
        Spec = static (x, _) => x * x.Sigmoid(),
        Dx = new(Reads.X, static (g, s) => g.Chain(SiluSlope(s.X.Clamp(-1000, 1000)))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(SiluBackwardOperator), g, s.X, dx),
    };

    /// <summary>z = scale·x above 0, else scale·alpha·(e^(inputScale·x) − 1).</summary>
    public static readonly UnaryOp<EluArgs> Elu = new("elu", Promote.Real,
        static (x, a, z) => ElementwiseKernels.Real(new EluOperator(a.Alpha, a.Scale, a.InputScale), x, z))
    {
        Role = OpRole.Saturating,
        Spec = static (x, a) => Tensor.Where(x > 0, x * a.Scale, ((x * a.InputScale).ExpM1()) * (a.Alpha * a.Scale)),
        Dx = new(Reads.X, static (g, s) => g.Chain(
            Tensor.Where(s.X > 0, g.Weak(s.Args.Scale), (s.X.Clamp(max: 0) * s.Args.InputScale).Exp() * (s.Args.Alpha * s.Args.Scale * s.Args.InputScale)))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(new EluBackwardOperator(s.Args.Alpha, s.Args.Scale, s.Args.InputScale), g, s.X, dx),
    };

    /// <summary>z = x above 0, else slope·x.</summary>
    public static readonly UnaryOp<double> LeakyRelu = new("leakyRelu", Promote.Real,
        static (x, a, z) => ElementwiseKernels.Real(new LeakyReluOperator(a), x, z))
    {
        Spec = static (x, slope) => Tensor.Where(x > 0, x, x * slope),
        Dx = new(Reads.X, static (g, s) => g.Chain(Tensor.Where(s.X > 0, g.Weak(1), g.Weak(s.Args)))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(new LeakyReluBackwardOperator(s.Args), g, s.X, dx),
    };

    /// <summary>z = log(1 + e^(beta·x)) / beta; x where beta·x is above the threshold.</summary>
    public static readonly UnaryOp<SoftplusArgs> Softplus = new("softplus", Promote.Real,
        static (x, a, z) => ElementwiseKernels.Real(new ScaledSoftplusOperator(a.Beta, a.Threshold), x, z))
    {
        Derivatives = [new("sigmoid({x})", @"\sigma({x})")],
        Role = OpRole.Saturating,
        Spec = static (x, a) => Tensor.Where(x * a.Beta > a.Threshold, x, (x * a.Beta).Exp().Log1P() / a.Beta),
        Dx = new(Reads.X, static (g, s) =>
            g.Chain(Tensor.Where(s.X * s.Args.Beta > s.Args.Threshold, g.Weak(1), Slopes.Logistic.Apply(s.X * s.Args.Beta, default)))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(new ScaledSoftplusBackwardOperator(s.Args.Beta, s.Args.Threshold), g, s.X, dx),
    };

    /// <summary>z = log(1 / (1 + e⁻ˣ)).</summary>
    public static readonly UnaryOp<None> LogSigmoid = new("logSigmoid", Promote.Real, ElementwiseKernels.Real<LogSigmoidOperator>)
    {
        Role = OpRole.Saturating,
        Spec = static (x, _) => x.Sigmoid().Log(),
        Dx = new(Reads.X, static (g, s) => g.Chain(Slopes.Logistic.Apply(-s.X, default))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(LogSigmoidBackwardOperator), g, s.X, dx),
    };

    /// <summary>z = x·tanh(log(1 + eˣ)).</summary>
    public static readonly UnaryOp<None> Mish = new("mish", Promote.Real, ElementwiseKernels.Real<MishOperator>)
    {
        Role = OpRole.Saturating,
        Spec = static (x, _) => x * x.Exp().Log1P().Tanh(),
        Dx = new(Reads.X, static (g, s) => g.Chain(MishSlope(s.X.Clamp(-1000, 1000)))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(MishBackwardOperator), g, s.X, dx),
    };

    /// <summary>z = x·min(max(x + 3, 0), 6) / 6.</summary>
    public static readonly UnaryOp<None> Hardswish = new("hardswish", Promote.Real, ElementwiseKernels.Real<HardswishOperator>)
    {
        Role = OpRole.Saturating,
        Spec = static (x, _) => x * ((x + 3).Clamp(0, 6) / 6),
        Dx = new(Reads.X, static (g, s) => g.Chain(Tensor.Where(s.X < -3, g.Weak(0), Tensor.Where(s.X > 3, g.Weak(1), (s.X / 3) + 0.5)))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(HardswishBackwardOperator), g, s.X, dx),
    };

    /// <summary>z = ½x·(1 + tanh(√(2/π)·(x + 0.044715x³))).</summary>
    public static readonly UnaryOp<None> GeluTanh = new("geluTanh", Promote.Real, ElementwiseKernels.Real<GeluTanhOperator>)
    {
        Role = OpRole.Saturating,
        Spec = static (x, _) => x * 0.5 * (1 + ((x + (x * x.Square() * 0.044715)) * 0.7978845608028654).Tanh()),
        Dx = new(Reads.X, static (g, s) => g.Chain(GeluTanhSlope(s.X.Clamp(-64, 64)))),
        FastDx = static (g, s, dx) => ElementwiseKernels.Real(default(GeluTanhBackwardOperator), g, s.X, dx),
    };

    /// <summary>z = x / (1 + |x|).</summary>
    public static readonly UnaryOp<None> Softsign = new("softsign", Promote.Real, ElementwiseKernels.Real<SoftsignOperator>)
    {
        Role = OpRole.Saturating,
        Dx = new(Reads.X, static (g, s) => g.Chain((s.X.Abs() + 1).Reciprocal().Square())),
    };

    /// <summary>z = x − tanh x.</summary>
    public static readonly UnaryOp<None> Tanhshrink = new("tanhshrink", Promote.Real, ElementwiseKernels.Real<TanhshrinkOperator>)
    {
        Dx = new(Reads.X, static (g, s) => g.Chain(Slopes.Tanh.Apply(s.X, default).Square())),
    };

    private static Tensor GeluSlope(Tensor x) => Normal(x) + (x * ((x.Square() * -0.5).Exp() * 0.3989422804014327));

    private static Tensor SiluSlope(Tensor x) => Slopes.Logistic.Apply(x, default) + (x * Slopes.Bell.Apply(x, default));

    private static Tensor GeluTanhSlope(Tensor x)
    {
        var inner = x * ((x.Square() * 0.044715) + 1) * 1.5957691216057308;
        return Slopes.Logistic.Apply(inner, default) + (Slopes.Bell.Apply(inner, default) * (x * ((x.Square() * 0.134145) + 1) * 1.5957691216057308));
    }

    /// <summary>tanh(log(1 + eˣ)) = σ(q) with q = x + log(2 + eˣ) − log 2, in which nothing cancels: the slope is σ(q) + x·σ′(q)·q′.</summary>
    private static Tensor MishSlope(Tensor x)
    {
        var shifted = x - 0.6931471805599453;
        var inner = x + shifted.Softplus(threshold: double.PositiveInfinity);
        return Slopes.Logistic.Apply(inner, default) + (x * Slopes.Bell.Apply(inner, default) * (Slopes.Logistic.Apply(shifted, default) + 1));
    }

    /// <summary>Φ(x) = ½·erfc(−x/√2), which keeps its digits far below 0.</summary>
    private static Tensor Normal(Tensor x) => (x * -0.7071067811865476).Erfc() * 0.5;
}
