using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = x and y, on bools.</summary>
    public static readonly BinaryOp<None> LogicalAnd = new("logicalAnd", Promote.All, ElementwiseKernels.Truth<LogicalAndOperator>);

    /// <summary>z = x or y, on bools.</summary>
    public static readonly BinaryOp<None> LogicalOr = new("logicalOr", Promote.All, ElementwiseKernels.Truth<LogicalOrOperator>);

    /// <summary>z = one of x and y, on bools.</summary>
    public static readonly BinaryOp<None> LogicalXor = new("logicalXor", Promote.All, ElementwiseKernels.Truth<LogicalXorOperator>);

    /// <summary>z = not x, on bools.</summary>
    public static readonly UnaryOp<None> LogicalNot = new("logicalNot", Promote.All, ElementwiseKernels.Truth<LogicalNotOperator>);
}
