using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = x and y, on bools.</summary>
    public static readonly BinaryOp<None> LogicalAnd = new("logicalAnd")
    {
        Kind = OpKind.Elementwise,
        Run = static (x, y, _, z) => ElementwiseKernels.Binary<byte, LogicalAndOperator>(x, y, z),
    };

    /// <summary>z = x or y, on bools.</summary>
    public static readonly BinaryOp<None> LogicalOr = new("logicalOr")
    {
        Kind = OpKind.Elementwise,
        Run = static (x, y, _, z) => ElementwiseKernels.Binary<byte, LogicalOrOperator>(x, y, z),
    };

    /// <summary>z = one of x and y, on bools.</summary>
    public static readonly BinaryOp<None> LogicalXor = new("logicalXor")
    {
        Kind = OpKind.Elementwise,
        Run = static (x, y, _, z) => ElementwiseKernels.Binary<byte, LogicalXorOperator>(x, y, z),
    };

    /// <summary>z = not x, on bools.</summary>
    public static readonly UnaryOp<None> LogicalNot = new("logicalNot")
    {
        Kind = OpKind.Elementwise,
        Run = static (x, _, z) => ElementwiseKernels.Unary<byte, LogicalNotOperator>(default, x, z),
    };
}
