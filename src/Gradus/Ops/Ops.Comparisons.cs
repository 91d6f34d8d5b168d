using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = x is y.</summary>
    public static readonly BinaryOp<None> Equal = Relation<EqualOperator>("equal");

    /// <summary>z = x is not y.</summary>
    public static readonly BinaryOp<None> NotEqual = Relation<NotEqualOperator>("notEqual");

    /// <summary>z = x is below y.</summary>
    public static readonly BinaryOp<None> Less = Relation<LessOperator>("less");

    /// <summary>z = x is at most y.</summary>
    public static readonly BinaryOp<None> LessOrEqual = Relation<LessOrEqualOperator>("lessOrEqual");

    /// <summary>z = x is above y.</summary>
    public static readonly BinaryOp<None> Greater = Relation<GreaterOperator>("greater");

    /// <summary>z = x is at least y.</summary>
    public static readonly BinaryOp<None> GreaterOrEqual = Relation<GreaterOrEqualOperator>("greaterOrEqual");

    private static BinaryOp<None> Relation<TOp>(string name) where TOp : struct, IComparison =>
        new(name, Promote.All, ElementwiseKernels.Relation<TOp>) { Result = DType.Bool };
}
