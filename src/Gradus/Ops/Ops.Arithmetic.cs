using Gradus.Kernels;

namespace Gradus;

/// <summary>The table of operators: a row each, with its kernel and, for each input, a line of Tensor arithmetic that is its derivative.</summary>
internal static partial class Ops
{
    /// <summary>z = x + y.</summary>
    public static readonly BinaryOp<None> Add = new("add")
    {
        Symbol = "+",
        Derivatives = [new("1", "1")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = static (x, y, none, z) =>
        {
            if (z.DType.IsHalf) Halves.Add(x, y, z);
            else ElementwiseKernels.Number<AddOperator>(x, y, none, z);
        },
        Dx = new(Reads.None, static (g, _) => g),
        Dy = new(Reads.None, static (g, _) => g),
    };

    /// <summary>z = x − y.</summary>
    public static readonly BinaryOp<None> Subtract = new("sub", Promote.Number, ElementwiseKernels.Number<SubtractOperator>)
    {
        Symbol = "−",
        Derivatives = [new("1", "1"), new("-1", "-1")],
        Dx = new(Reads.None, static (g, _) => g),
        Dy = new(Reads.None, static (g, _) => -g),
    };

    /// <summary>z = x · y.</summary>
    public static readonly BinaryOp<None> Multiply = new("mul", Promote.Number, ElementwiseKernels.Number<MultiplyOperator>)
    {
        Symbol = "×",
        Derivatives = [new("{y}", "{y}"), new("{x}", "{x}")],
        Role = OpRole.Multiplying,
        Dx = new(Reads.Y, static (g, s) => g.Chain(s.Y)),
        Dy = new(Reads.X, static (g, s) => g.Chain(s.X)),
    };

    /// <summary>z = x / y.</summary>
    public static readonly BinaryOp<None> Divide = new("div", Promote.Real, ElementwiseKernels.Real<DivideOperator>)
    {
        Symbol = "/",
        Derivatives = [new("1 / {y}", @"\frac{1}{{y}}"), new("-{x} / {y}**2", @"-\frac{{x}}{{y}^2}")],
        Dx = new(Reads.Y, static (g, s) => g.ChainOver(s.Y)),
        Dy = new(Reads.Y | Reads.Out, static (g, s) => -g.Chain(s.Out).ChainOver(s.Y)),
    };

    /// <summary>z = −x.</summary>
    public static readonly UnaryOp<None> Negate = new("neg", Promote.Number, ElementwiseKernels.Number<NegateOperator>)
    {
        Symbol = "−",
        Derivatives = [new("-1", "-1")],
        Dx = new(Reads.None, static (g, _) => -g),
    };

    /// <summary>z = x².</summary>
    public static readonly UnaryOp<None> Square = new("square", Promote.Number, ElementwiseKernels.Number<SquareOperator>)
    {
        Derivatives = [new("2 * {x}", "2 {x}")],
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X * 2)),
    };

    /// <summary>z = |x|.</summary>
    public static readonly UnaryOp<None> Abs = new("abs", Promote.Number, ElementwiseKernels.Number<AbsOperator>)
    {
        Derivatives = [new("sign({x})", @"\operatorname{sign}({x})")],
        Dx = new(Reads.X, static (g, s) => s.X.Sign().Chain(g)),
    };

    /// <summary>z = −1, 0 or 1.</summary>
    public static readonly UnaryOp<None> Sign = new("sign", Promote.Number, ElementwiseKernels.Number<SignOperator>)
    {
        Derivatives = [new("0", "0")],
        Dx = Rule<None>.Zero,
    };
}
