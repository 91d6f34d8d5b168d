using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = ⌊x⌋.</summary>
    public static readonly UnaryOp<None> Floor = new("floor", Promote.Number, ElementwiseKernels.Number<FloorOperator>)
    {
        Derivatives = [new("0", "0")],
        Dx = Rule<None>.Zero,
    };

    /// <summary>z = ⌈x⌉.</summary>
    public static readonly UnaryOp<None> Ceil = new("ceil", Promote.Number, ElementwiseKernels.Number<CeilingOperator>)
    {
        Dx = Rule<None>.Zero,
    };

    /// <summary>z = the nearest whole number, ties to even.</summary>
    public static readonly UnaryOp<None> Round = new("round", Promote.Number, ElementwiseKernels.Number<RoundOperator>)
    {
        Dx = Rule<None>.Zero,
    };

    /// <summary>z = x without its fraction.</summary>
    public static readonly UnaryOp<None> Trunc = new("trunc", Promote.Number, ElementwiseKernels.Number<TruncateOperator>)
    {
        Dx = Rule<None>.Zero,
    };

    /// <summary>z = x − y·⌊x/y⌋.</summary>
    public static readonly BinaryOp<None> Remainder = new("remainder", Promote.Number, ElementwiseKernels.Number<RemainderOperator>)
    {
        Symbol = "%",
        Derivatives = [new("1", "1"), new("-({x} // {y})", @"-\lfloor {x} / {y} \rfloor")],
        Dx = new(Reads.None, static (g, _) => g),
        Dy = new(Reads.X | Reads.Y, static (g, s) => -g.Chain(FloorOfQuotient(s.X, s.Y))),
    };

    /// <summary>z = x − y·trunc(x/y).</summary>
    public static readonly BinaryOp<None> Fmod = new("fmod", Promote.Number, ElementwiseKernels.Number<FmodOperator>)
    {
        Dx = new(Reads.None, static (g, _) => g),
        Dy = new(Reads.X | Reads.Y | Reads.Out, static (g, s) => -g.Chain(((s.X - s.Out) / s.Y).Round())),
    };

    /// <summary>⌊x/y⌋, which is not the floor of what x/y is rounded to: of 0.7 and 0.1 in f32 it is 6. Of −1 and ∞ it is −1.</summary>
    private static Tensor FloorOfQuotient(Tensor x, Tensor y)
    {
        var rest = x.Fmod(y);
        return ((x - rest) / y).Round() - (rest.Sign() * y.Sign() < 0).To(x.DType);
    }
}
