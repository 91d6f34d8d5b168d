using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = x is y.</summary>
    public static readonly BinaryOp<None> Equal = new("equal", Promote.All, ElementwiseKernels.Relation<EqualOperator>) { Result = DType.Bool };

    /// <summary>z = x is not y.</summary>
    public static readonly BinaryOp<None> NotEqual = new("notEqual", Promote.All, ElementwiseKernels.Relation<NotEqualOperator>) { Result = DType.Bool };

    /// <summary>z = x is below y.</summary>
    public static readonly BinaryOp<None> Less = new("less", Promote.All, ElementwiseKernels.Relation<LessOperator>) { Result = DType.Bool };

    /// <summary>z = x is at most y.</summary>
    public static readonly BinaryOp<None> LessOrEqual = new("lessOrEqual", Promote.All, ElementwiseKernels.Relation<LessOrEqualOperator>) { Result = DType.Bool };

    /// <summary>z = x is above y.</summary>
    public static readonly BinaryOp<None> Greater = new("greater", Promote.All, ElementwiseKernels.Relation<GreaterOperator>) { Result = DType.Bool };

    /// <summary>z = x is at least y.</summary>
    public static readonly BinaryOp<None> GreaterOrEqual = new("greaterOrEqual", Promote.All, ElementwiseKernels.Relation<GreaterOrEqualOperator>) { Result = DType.Bool };
}
