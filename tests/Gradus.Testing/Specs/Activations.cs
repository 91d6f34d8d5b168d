using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Activations, and the activations composed of other rows, must do.</summary>
internal static class Activations
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Real(Ops.Relu, static x => x < 0 ? 0 : x, Domain.OffGrid),
        OpSpec.Real(Ops.Sigmoid, Sigmoid, Domain.Plain),
        OpSpec.Real(Ops.Tanh, Math.Tanh, Domain.Plain),
        OpSpec.Real(Ops.Gelu, Normal.Gelu, Domain.Plain),
        OpSpec.Real(Ops.Silu, Silu, Domain.Plain),
        OpSpec.Elementwise(Ops.Elu, static x => Elu(x, 0.5, 1, 1), Domain.OffGrid, new EluArgs(0.5, 1, 1), OpSpec.AllTypes, Promotion.Real,
            tolerance: Tolerance.Accumulated),
        OpSpec.Composite("EluByDefault", static x => x.Elu(), static x => Elu(x, 1, 1, 1), Domain.OffGrid, OpSpec.Floats, tolerance: Tolerance.Accumulated),
        OpSpec.Composite("Selu", static x => x.Selu(), static x => Elu(x, 1.6732632423543772, 1.0507009873554805, 1), Domain.OffGrid, OpSpec.Floats,
            tolerance: Tolerance.Accumulated, specials: false),
        OpSpec.Composite("Celu", static x => x.Celu(2), static x => Elu(x, 2, 1, 0.5), Domain.OffGrid, OpSpec.Floats, tolerance: Tolerance.Accumulated,
            misuses: [new("alpha 0", static () => Tensor.Ones([2]).Celu(0), "celu: alpha is 0")]),
        OpSpec.Elementwise(Ops.LeakyRelu, static x => x > 0 ? x : 0.1 * x, Domain.OffGrid, 0.1, OpSpec.AllTypes, Promotion.Real,
            tolerance: Tolerance.Accumulated, specials: false),
        OpSpec.Composite("PRelu", static (x, slope) => x.PRelu(slope), static (x, slope) => x > 0 ? x : slope * x, Domain.OffGrid, types: OpSpec.Floats),
        OpSpec.Composite("RRelu", static x => x.RRelu(0.1, 0.3), static x => x > 0 ? x : 0.2 * x, Domain.OffGrid, OpSpec.Floats,
            tolerance: Tolerance.Accumulated, specials: false,
            misuses: [new("crossed slopes", static () => Tensor.Ones([2]).RRelu(0.5, 0.25), "rrelu: the lower slope 0.5 is above the upper slope 0.25.")]),
        OpSpec.Composite("Hardsigmoid", static x => x.Hardsigmoid(), static x => Math.Min(Math.Max(x + 3, 0), 6) / 6,
            new Domain(-4, 4) { Grid = 0.25, Shift = 0.125 }, OpSpec.Floats, tolerance: Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.Hardswish, static x => x < -3 ? 0 : x > 3 ? x : x * (x + 3) / 6, new Domain(-4, 4) { Grid = 0.25, Shift = 0.125 }, default,
            OpSpec.AllTypes, Promotion.Real, tolerance: Tolerance.Accumulated),
        OpSpec.Composite("Hardshrink", static x => x.Hardshrink(), static x => Math.Abs(x) <= 0.5 ? 0 : x, Domain.OffGrid, OpSpec.Floats,
            tolerance: Tolerance.Accumulated),
        OpSpec.Composite("Softshrink", static x => x.Softshrink(), static x => x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : double.IsNaN(x) ? x : 0, Domain.OffGrid,
            OpSpec.Floats, tolerance: Tolerance.Accumulated, specials: false,
            misuses: [new("a negative width", static () => Tensor.Ones([2]).Softshrink(-1), "softshrink: lambda is -1, expected at least 0.")]),
        OpSpec.Elementwise(Ops.Tanhshrink, static x => x - Math.Tanh(x), Domain.Plain, default, OpSpec.AllTypes, Promotion.Real,
            tolerance: Tolerance.Accumulated),
        OpSpec.Composite("Threshold", static x => x.Threshold(0.5, 7), static x => x <= 0.5 ? 7 : x, Domain.OffGrid, OpSpec.Floats,
            tolerance: Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.Softplus, static x => x * 1.5 > 2.5 ? x : Exponentials.Log1P(Math.Exp(1.5 * x)) / 1.5,
            Domain.OffGrid, new SoftplusArgs(1.5, 2.5), OpSpec.AllTypes, Promotion.Real, tolerance: Tolerance.Accumulated, specials: false,
            misuses: [new("beta 0", static () => Tensor.Ones([2]).Softplus(0), "softplus: beta is 0, expected more than 0.")]),
        OpSpec.Elementwise(Ops.Softsign, static x => double.IsInfinity(x) ? Math.Sign(x) : x / (1 + Math.Abs(x)), Domain.OffGrid, default, OpSpec.AllTypes,
            Promotion.Real, tolerance: Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.LogSigmoid, static x => Math.Min(x, 0) - Exponentials.Log1P(Math.Exp(-Math.Abs(x))), Domain.Plain, default, OpSpec.AllTypes,
            Promotion.Real, tolerance: Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.Mish, Mish, Domain.Plain, default, OpSpec.AllTypes, Promotion.Real, tolerance: Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.GeluTanh,
            static x => double.IsNegativeInfinity(x) ? -0.0 : x * Sigmoid(1.5957691216057308 * x * (1 + (0.044715 * x * x))), Domain.Plain, default,
            OpSpec.AllTypes, Promotion.Real, tolerance: Tolerance.Accumulated, specials: false),
        OpSpec.Composite("Glu", [Halves([4], -1), Halves([2, 6], 1), Halves([4, 3], 0)], OpSpec.Floats,
            misuses: [new("an odd axis", static () => Tensor.Ones([2, 3]).Glu(), "glu: axis 1 of [2,3] has size 3; two halves need an even one.")]),
        OpSpec.Composite("Softmin", [Case.Of([new Input([2, 4], Domain.Plain)], static t => t[0].Softmin(), static a =>
            Normalizing.EachRow(new NArray(a[0].Shape, [.. a[0].Values.Select(static x => -x)]), Normalizing.Softmax))], OpSpec.Floats),
    ];

    /// <summary>1 / (1 + e⁻ˣ), by whichever form does not overflow.</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>x / (1 + e⁻ˣ), by halves where the denominator would overflow.</summary>
    private static double Silu(double x) =>
        x >= 0 || double.IsNaN(x) ? x * Sigmoid(x) : double.IsNegativeInfinity(x) ? -0.0 : x * Math.Exp(x / 2) * Math.Exp(x / 2) / (1 + Math.Exp(x));

    private static double Elu(double x, double alpha, double scale, double inputScale) =>
        x > 0 ? scale * x : scale * alpha * Exponentials.ExpM1(inputScale * x);

    private static double Mish(double x) => double.IsNegativeInfinity(x) ? -0.0 : x * Math.Tanh(Math.Max(x, 0) + Exponentials.Log1P(Math.Exp(-Math.Abs(x))));

    private static Case Halves(int[] shape, int axis) => Case.Of([new Input(shape, Domain.Plain)], t => t[0].Glu(axis), a =>
    {
        var along = axis < 0 ? axis + shape.Length : axis;
        var half = shape[along] / 2;
        return NArray.Build(NArray.With(shape, along, half), at => a[0][at] * Sigmoid(a[0][NArray.With(at, along, at[along] + half)]));
    });
}
