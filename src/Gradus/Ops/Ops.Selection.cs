using Gradus.Kernels;

namespace Gradus;

internal static partial class Ops
{
    /// <summary>z = the larger of x and y.</summary>
    public static readonly BinaryOp<None> Maximum = new("maximum", Promote.Number, ElementwiseKernels.Number<MaximumOperator>)
    {
        Symbol = "max",
        Derivatives =
        [
            new("(1 if {x} > {y} else 0.5 if {x} == {y} else 0)", @"\left([{x} > {y}] + \tfrac{1}{2} [{x} = {y}]\right)")
            {
                OfTensors = "where({x} > {y}, 1, where({x} == {y}, 0.5, 0))",
            },
            new("(1 if {y} > {x} else 0.5 if {y} == {x} else 0)", @"\left([{y} > {x}] + \tfrac{1}{2} [{y} = {x}]\right)")
            {
                OfTensors = "where({y} > {x}, 1, where({y} == {x}, 0.5, 0))",
            },
        ],
        Role = OpRole.Masking,
        Dx = new(Reads.X | Reads.Y, static (g, s) => Share(s.X, s.Y).Chain(g)),
        Dy = new(Reads.X | Reads.Y, static (g, s) => Share(s.Y, s.X).Chain(g)),
    };

    /// <summary>z = the smaller of x and y.</summary>
    public static readonly BinaryOp<None> Minimum = new("minimum", Promote.Number, ElementwiseKernels.Number<MinimumOperator>)
    {
        Symbol = "min",
        Derivatives =
        [
            new("(1 if {x} < {y} else 0.5 if {x} == {y} else 0)", @"\left([{x} < {y}] + \tfrac{1}{2} [{x} = {y}]\right)")
            {
                OfTensors = "where({x} < {y}, 1, where({x} == {y}, 0.5, 0))",
            },
            new("(1 if {y} < {x} else 0.5 if {y} == {x} else 0)", @"\left([{y} < {x}] + \tfrac{1}{2} [{y} = {x}]\right)")
            {
                OfTensors = "where({y} < {x}, 1, where({y} == {x}, 0.5, 0))",
            },
        ],
        Role = OpRole.Masking,
        Dx = new(Reads.X | Reads.Y, static (g, s) => Share(s.Y, s.X).Chain(g)),
        Dy = new(Reads.X | Reads.Y, static (g, s) => Share(s.X, s.Y).Chain(g)),
    };

    /// <summary>z = x brought into [min, max].</summary>
    public static readonly UnaryOp<ClampArgs> Clamp = new("clamp")
    {
        Role = OpRole.Masking,
        Kind = OpKind.Elementwise,
        Promote = Promote.Number,
        Run = ElementwiseKernels.Clamp,
        Dx = new(Reads.X, static (g, s) => (s.X >= s.Args.Min).LogicalAnd(s.X <= s.Args.Max).To(g.DType).Chain(g)),
    };

    /// <summary>out = y where the condition x holds, else z.</summary>
    public static readonly TernaryOp<None> Where = new("where")
    {
        Derivatives = [new("0", "0"), new("where({x}, 1, 0)", "[{x}]"), new("where({x}, 0, 1)", @"[\lnot {x}]")],
        Role = OpRole.Masking,
        Kind = OpKind.Elementwise,
        Promote = Promote.AfterFirst,
        Infer = static (condition, x, y, _) =>
            new Meta(Shape.Broadcast("where", condition.Shape, Shape.Broadcast("where", x.Shape, y!.Value.Shape)), x.DType),
        Run = ElementwiseKernels.Select,
        Dy = new(Reads.X, static (g, s) => Tensor.Where(s.X, g, g.Weak(0))),
        Dz = new(Reads.X, static (g, s) => Tensor.Where(s.X, g.Weak(0), g)),
    };

    /// <summary>0 where x is below y, ½ where they are equal, else 1: beside NaN, which is the result, both pass on what arrives.</summary>
    private static Tensor Share(Tensor x, Tensor y) => 1 - (x < y).To(x.DType) - (x.Equal(y).To(x.DType) * 0.5);
}
