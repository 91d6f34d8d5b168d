using Gradus.Kernels;

namespace Gradus;

/// <summary>Rows that appear in rules alone: what a derivative is made of, with derivatives of their own that neither cancel nor multiply 0 by ∞.</summary>
internal static class Slopes
{
    /// <summary>z = x·y, and 0 wherever x is 0: what does not flow back is nothing, however steep the slope y may be, even ∞ or NaN.</summary>
    public static readonly BinaryOp<None> Multiply = new("mul", Promote.Real, ElementwiseKernels.Real<ChainMultiplyOperator>)
    {
        Dx = new(Reads.Y, static (g, s) => g.Chain(s.Y)),
        // Nothing on either side is nothing.
        Dy = new(Reads.X, static (g, s) => Tensor.Where(s.X.Equal(0), g.Weak(0), g.Chain(s.X))),
    };

    /// <summary>z = x/y, and 0 wherever x is 0.</summary>
    public static readonly BinaryOp<None> Divide = new("div", Promote.Real, ElementwiseKernels.Real<ChainDivideOperator>)
    {
        Dx = new(Reads.Y, static (g, s) => g.ChainOver(s.Y)),
        Dy = new(Reads.Y | Reads.Out, static (g, s) => -s.Out.Chain(g).ChainOver(s.Y)),
    };

    /// <summary>σ(x): the sigmoid with a rule that reads x, since 1 − σ has few digits where σ is close to 1.</summary>
    public static readonly UnaryOp<None> Logistic = new("sigmoid", Promote.Real, ElementwiseKernels.Real<SigmoidOperator>)
    {
        Dx = new(Reads.X, static (g, s) => g.Chain(Bell!.Apply(s.X, default))),
    };

    /// <summary>tanh x, with a rule that reads x for the same reason: 4·σ(2x)·σ(−2x).</summary>
    public static readonly UnaryOp<None> Tanh = new("tanh", Promote.Real, ElementwiseKernels.Real<TanhOperator>)
    {
        Dx = new(Reads.X, static (g, s) => g.Chain(Bell!.Apply(s.X * 2, default) * 4)),
    };

    /// <summary>σ(x)·σ(−x), the derivative of the sigmoid; its own is −σ(x)·σ(−x)·tanh(x/2).</summary>
    public static readonly UnaryOp<None> Bell = new("sigmoidSlope", Promote.Real, ElementwiseKernels.Real<SigmoidSlopeOperator>)
    {
        Dx = new(Reads.X | Reads.Out, static (g, s) => -g.Chain(s.Out * Tanh.Apply(s.X * 0.5, default))),
    };

    /// <summary>(1 − x)·(1 + x), whose derivative is −2x and not a difference.</summary>
    public static readonly UnaryOp<None> OneMinusSquare = new("oneMinusSquare", Promote.Real, ElementwiseKernels.Real<OneMinusSquareOperator>)
    {
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X * -2)),
    };

    /// <summary>x/r with r = √(x² + y²), 0 at the origin: its derivatives are (y/r)²/r and −(x/r)·(y/r)/r.</summary>
    public static readonly BinaryOp<None> HypotSlope = new("hypotSlope", Promote.Real, ElementwiseKernels.Real<HypotSlopeOperator>)
    {
        Dx = new(Reads.X | Reads.Y, static (g, s) => g.Chain(HypotSlope!.Apply(s.Y, s.X, default).Square().ChainOver(s.X.Hypot(s.Y)))),
        Dy = new(Reads.X | Reads.Y | Reads.Out, static (g, s) => -g.Chain((s.Out * HypotSlope!.Apply(s.Y, s.X, default)).ChainOver(s.X.Hypot(s.Y)))),
    };

    /// <summary>This gradient times a slope, and 0 where the gradient is 0.</summary>
    public static Tensor Chain(this Tensor gradient, Tensor slope) => Multiply.Apply(gradient, slope, default);

    /// <summary>This gradient over a divisor, and 0 where the gradient is 0.</summary>
    public static Tensor ChainOver(this Tensor gradient, Tensor divisor) => Divide.Apply(gradient, divisor, default);
}
