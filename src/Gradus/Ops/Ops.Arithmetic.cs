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
            else ElementwiseKernels.Number<AddOperator<float>, AddOperator<double>, AddOperator<long>, AddOperator<int>, None>(x, y, none, z);
        },
        Dx = new(Reads.None, static (g, _) => g),
        Dy = new(Reads.None, static (g, _) => g),
    };

    /// <summary>z = x − y.</summary>
    public static readonly BinaryOp<None> Subtract = new("sub")
    {
        Symbol = "−",
        Derivatives = [new("1", "1"), new("-1", "-1")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = ElementwiseKernels.Number<SubtractOperator<float>, SubtractOperator<double>, SubtractOperator<long>, SubtractOperator<int>, None>,
        Dx = new(Reads.None, static (g, _) => g),
        Dy = new(Reads.None, static (g, _) => -g),
    };

    /// <summary>z = x · y.</summary>
    public static readonly BinaryOp<None> Multiply = new("mul")
    {
        Symbol = "×",
        Derivatives = [new("{y}", "{y}"), new("{x}", "{x}")],
        Role = OpRole.Multiplying,
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = ElementwiseKernels.Number<MultiplyOperator<float>, MultiplyOperator<double>, MultiplyOperator<long>, MultiplyOperator<int>, None>,
        Dx = new(Reads.Y, static (g, s) => g.Chain(s.Y)),
        Dy = new(Reads.X, static (g, s) => g.Chain(s.X)),
    };

    /// <summary>z = x / y.</summary>
    public static readonly BinaryOp<None> Divide = new("div")
    {
        Symbol = "/",
        Derivatives = [new("1 / {y}", @"\frac{1}{{y}}"), new("-{x} / {y}**2", @"-\frac{{x}}{{y}^2}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = ElementwiseKernels.Real<DivideOperator<float>, DivideOperator<double>, None>,
        Dx = new(Reads.Y, static (g, s) => g.ChainOver(s.Y)),
        Dy = new(Reads.Y | Reads.Out, static (g, s) => -g.Chain(s.Out).ChainOver(s.Y)),
    };

    /// <summary>z = −x.</summary>
    public static readonly UnaryOp<None> Negate = new("neg")
    {
        Symbol = "−",
        Derivatives = [new("-1", "-1")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = ElementwiseKernels.Number<NegateOperator<float>, NegateOperator<double>, NegateOperator<long>, NegateOperator<int>, None>,
        Dx = new(Reads.None, static (g, _) => -g),
    };

    /// <summary>z = x².</summary>
    public static readonly UnaryOp<None> Square = new("square")
    {
        Derivatives = [new("2 * {x}", "2 {x}")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = ElementwiseKernels.Number<SquareOperator<float>, SquareOperator<double>, SquareOperator<long>, SquareOperator<int>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X * 2)),
    };

    /// <summary>z = |x|.</summary>
    public static readonly UnaryOp<None> Abs = new("abs")
    {
        Derivatives = [new("sign({x})", @"\operatorname{sign}({x})")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = ElementwiseKernels.Number<AbsOperator<float>, AbsOperator<double>, AbsOperator<long>, AbsOperator<int>, None>,
        Dx = new(Reads.X, static (g, s) => s.X.Sign().Chain(g)),
    };

    /// <summary>z = −1, 0 or 1.</summary>
    public static readonly UnaryOp<None> Sign = new("sign")
    {
        Derivatives = [new("0", "0")],
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = ElementwiseKernels.Number<SignOperator<float>, SignOperator<double>, SignOperator<long>, SignOperator<int>, None>,
        Dx = Rule<None>.Zero,
    };
}
