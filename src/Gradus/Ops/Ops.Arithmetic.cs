using Gradus.Kernels;

namespace Gradus;

/// <summary>The table of operators: a row each, with its kernel and, for each input, a line of Tensor arithmetic that is its derivative.</summary>
internal static partial class Ops
{
    /// <summary>z = x + y.</summary>
    public static readonly BinaryOp<None> Add = new("add")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = static (x, y, none, z) =>
        {
            if (z.DType.IsHalf) Halves.Add(x, y, z);
            else Elementwise.Number<AddOperator<float>, AddOperator<double>, AddOperator<long>, AddOperator<int>, None>(x, y, none, z);
        },
        Dx = new(Reads.None, static (g, _) => g),
        Dy = new(Reads.None, static (g, _) => g),
    };

    /// <summary>z = x − y.</summary>
    public static readonly BinaryOp<None> Subtract = new("sub")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = Elementwise.Number<SubtractOperator<float>, SubtractOperator<double>, SubtractOperator<long>, SubtractOperator<int>, None>,
        Dx = new(Reads.None, static (g, _) => g),
        Dy = new(Reads.None, static (g, _) => -g),
    };

    /// <summary>z = x · y.</summary>
    public static readonly BinaryOp<None> Multiply = new("mul")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = Elementwise.Number<MultiplyOperator<float>, MultiplyOperator<double>, MultiplyOperator<long>, MultiplyOperator<int>, None>,
        Dx = new(Reads.Y, static (g, s) => g.Chain(s.Y)),
        Dy = new(Reads.X, static (g, s) => g.Chain(s.X)),
    };

    /// <summary>z = x / y.</summary>
    public static readonly BinaryOp<None> Divide = new("div")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Real,
        Run = Elementwise.Real<DivideOperator<float>, DivideOperator<double>, None>,
        Dx = new(Reads.Y, static (g, s) => g.ChainOver(s.Y)),
        Dy = new(Reads.Y | Reads.Out, static (g, s) => -g.Chain(s.Out).ChainOver(s.Y)),
    };

    /// <summary>z = −x.</summary>
    public static readonly UnaryOp<None> Negate = new("neg")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = Elementwise.Number<NegateOperator<float>, NegateOperator<double>, NegateOperator<long>, NegateOperator<int>, None>,
        Dx = new(Reads.None, static (g, _) => -g),
    };

    /// <summary>z = x².</summary>
    public static readonly UnaryOp<None> Square = new("square")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = Elementwise.Number<SquareOperator<float>, SquareOperator<double>, SquareOperator<long>, SquareOperator<int>, None>,
        Dx = new(Reads.X, static (g, s) => g.Chain(s.X * 2)),
    };

    /// <summary>z = |x|.</summary>
    public static readonly UnaryOp<None> Abs = new("abs")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = Elementwise.Number<AbsOperator<float>, AbsOperator<double>, AbsOperator<long>, AbsOperator<int>, None>,
        Dx = new(Reads.X, static (g, s) => s.X.Sign().Chain(g)),
    };

    /// <summary>z = −1, 0 or 1.</summary>
    public static readonly UnaryOp<None> Sign = new("sign")
    {
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = Elementwise.Number<SignOperator<float>, SignOperator<double>, SignOperator<long>, SignOperator<int>, None>,
        Dx = Rule<None>.Zero,
    };

    /// <summary>z = x, in memory of its own.</summary>
    public static readonly UnaryOp<None> Copy = new("copy")
    {
        MovesElements = true,
        Kind = OpKind.Elementwise,
        Infer = static (x, _) => x.Fresh(x.DType),
        Run = Elementwise.Copy,
        Dx = new(Reads.None, static (g, _) => g),
    };

    /// <summary>z = x, as another element type.</summary>
    public static readonly UnaryOp<DType> Cast = new("cast")
    {
        MovesElements = true,
        Kind = OpKind.Elementwise,
        Promote = Promote.None,
        Infer = static (x, dtype) => x.Fresh(dtype),
        Run = Elementwise.Convert,
        Dx = new(Reads.None, static (g, s) => g.To(s.XDType)),
    };

    /// <summary>Sets every element of a dense tensor.</summary>
    public static unsafe void FillWith<T>(Tensor tensor, T value) where T : unmanaged
    {
        if (!tensor.IsContiguous) throw Errors.DoesNotFit("fill", "tensor", tensor.Describe() + " with gaps", "one without");
        fixed (byte* origin = &tensor.Storage.Origin) Kernels.Elementwise.Fill(value, (nint)tensor.Count, tensor.See(origin).As<T>());
        GC.KeepAlive(tensor);
    }
}
