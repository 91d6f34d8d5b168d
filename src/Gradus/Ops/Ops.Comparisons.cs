using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = x is y.</summary>
    public static readonly BinaryOp<None> Equal = Relation("equal",
        ElementwiseKernels.Comparison<EqualOperator<float>, EqualOperator<double>, EqualOperator<long>, EqualOperator<int>, EqualOperator<byte>>);

    /// <summary>z = x is not y.</summary>
    public static readonly BinaryOp<None> NotEqual = Relation("notEqual",
        ElementwiseKernels.Comparison<
            NotEqualOperator<float>, NotEqualOperator<double>, NotEqualOperator<long>, NotEqualOperator<int>, NotEqualOperator<byte>>);

    /// <summary>z = x is below y.</summary>
    public static readonly BinaryOp<None> Less = Relation("less",
        ElementwiseKernels.Comparison<LessOperator<float>, LessOperator<double>, LessOperator<long>, LessOperator<int>, LessOperator<byte>>);

    /// <summary>z = x is at most y.</summary>
    public static readonly BinaryOp<None> LessOrEqual = Relation("lessOrEqual",
        ElementwiseKernels.Comparison<
            LessOrEqualOperator<float>, LessOrEqualOperator<double>, LessOrEqualOperator<long>, LessOrEqualOperator<int>, LessOrEqualOperator<byte>>);

    /// <summary>z = x is above y.</summary>
    public static readonly BinaryOp<None> Greater = Relation("greater",
        ElementwiseKernels.Comparison<GreaterOperator<float>, GreaterOperator<double>, GreaterOperator<long>, GreaterOperator<int>, GreaterOperator<byte>>);

    /// <summary>z = x is at least y.</summary>
    public static readonly BinaryOp<None> GreaterOrEqual = Relation("greaterOrEqual",
        ElementwiseKernels.Comparison<
            GreaterOrEqualOperator<float>, GreaterOrEqualOperator<double>, GreaterOrEqualOperator<long>, GreaterOrEqualOperator<int>,
            GreaterOrEqualOperator<byte>>);

    private static BinaryOp<None> Relation(string name, Action<Operand, Operand, None, Operand> run) => new(name)
    {
        Kind = OpKind.Elementwise,
        Result = DType.Bool,
        Run = run,
    };
}
