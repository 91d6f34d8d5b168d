namespace Gradus.Testing.Specs;

/// <summary>What Ops.Arithmetic must do.</summary>
internal static class Arithmetic
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Elementwise(Ops.Add, static (x, y) => x + y),
        OpSpec.Elementwise(Ops.Subtract, static (x, y) => x - y),
        OpSpec.Elementwise(Ops.Multiply, static (x, y) => x * y),
        OpSpec.Elementwise(Ops.Divide, static (x, y) => x / y, Domain.Plain, new Domain(0.5, 2), OpSpec.AllTypes, Promotion.Real),
        OpSpec.Elementwise(Ops.Negate, static x => -x, misuses: [NoArithmetic("neg", static x => -x)]),
        OpSpec.Elementwise(Ops.Square, static x => x * x, misuses: [NoArithmetic("square", static x => x.Square())]),
        OpSpec.Elementwise(Ops.Abs, Math.Abs, Domain.OffGrid, misuses: [NoArithmetic("abs", static x => x.Abs())]),
        OpSpec.Elementwise(Ops.Sign, static x => double.IsNaN(x) ? 0 : Math.Sign(x), Domain.OffGrid, misuses: [NoArithmetic("sign", static x => x.Sign())]),
    ];

    private static Misuse NoArithmetic(string name, Func<Tensor, Tensor> use) =>
        new("bool", () => use(Tensor.Of(true, false)), $"{name}: bool has no arithmetic. Convert it with To().");
}
