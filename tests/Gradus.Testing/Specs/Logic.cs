namespace Gradus.Testing.Specs;

/// <summary>What Ops.Logic, and the questions that have bools for an answer, must do.</summary>
internal static class Logic
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Elementwise(Ops.LogicalAnd, static (x, y) => x != 0 && y != 0 ? 1 : 0, Domain.OnGrid, types: [DType.Bool],
            result: static _ => DType.Bool,
            misuses: [new("an operator on numbers", static () => _ = Tensor.Ones([2]) & Tensor.Of(true, false),
                "&: expected bools, got f32[2]. Compare it with a number first")]),
        OpSpec.Elementwise(Ops.LogicalOr, static (x, y) => x != 0 || y != 0 ? 1 : 0, Domain.OnGrid, types: [DType.Bool], result: static _ => DType.Bool),
        OpSpec.Elementwise(Ops.LogicalXor, static (x, y) => x != 0 != (y != 0) ? 1 : 0, Domain.OnGrid, types: [DType.Bool], result: static _ => DType.Bool),
        OpSpec.Elementwise(Ops.LogicalNot, static x => x == 0 ? 1 : 0, Domain.OnGrid, types: [DType.Bool], result: static _ => DType.Bool),
        OpSpec.Composite("LogicalAndOfNumbers", static (x, y) => x.LogicalAnd(y), static (x, y) => x != 0 && y != 0 ? 1 : 0, Domain.OnGrid,
            types: OpSpec.AllTypes, result: static _ => DType.Bool),
        OpSpec.Composite("IsNan", static x => x.IsNan(), static x => double.IsNaN(x) ? 1 : 0, types: OpSpec.AllTypes, result: static _ => DType.Bool),
        OpSpec.Composite("IsInf", static x => x.IsInf(), static x => double.IsInfinity(x) ? 1 : 0, types: OpSpec.AllTypes, result: static _ => DType.Bool),
        OpSpec.Composite("IsFinite", static x => x.IsFinite(), static x => double.IsFinite(x) ? 1 : 0, types: OpSpec.AllTypes, result: static _ => DType.Bool),
        OpSpec.Composite("IsClose", static (x, y) => x.IsClose(y, 0, 0.3), static (x, y) => x == y || Math.Abs(x - y) <= 0.3 ? 1 : 0, Domain.OnGrid,
            types: OpSpec.AllTypes, result: static _ => DType.Bool, specials: false),
    ];
}
