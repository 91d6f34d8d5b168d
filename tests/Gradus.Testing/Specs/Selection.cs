namespace Gradus.Testing.Specs;

/// <summary>What Ops.Selection must do.</summary>
internal static class Selection
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Elementwise(Ops.Maximum, Math.Max, Domain.OffGrid, Domain.OnGrid),
        OpSpec.Elementwise(Ops.Minimum, Math.Min, Domain.OffGrid, Domain.OnGrid),
        OpSpec.Elementwise(Ops.Clamp, static x => double.IsNaN(x) ? x : Math.Clamp(x, -1, 0.5 * 2), Domain.OffGrid, new ClampArgs(-1, 1),
            misuses:
            [
                new("crossed bounds", static () => Tensor.Ones([2]).Clamp(2, 1), "clamp: the lower bound 2 is above the upper bound 1."),
                new("bool", static () => Tensor.Of(true).Clamp(0, 1), "clamp: bool has no arithmetic. Convert it with To()."),
            ]),
        OpSpec.Choice(Ops.Where, static (condition, x, y) => condition != 0 ? x : y),
        Relation(Ops.Equal, static (x, y) => x == y, nameof(Ops.Equal)),
        Relation(Ops.NotEqual, static (x, y) => x != y, nameof(Ops.NotEqual)),
        Relation(Ops.Less, static (x, y) => x < y, nameof(Ops.Less)),
        Relation(Ops.LessOrEqual, static (x, y) => x <= y, nameof(Ops.LessOrEqual)),
        Relation(Ops.Greater, static (x, y) => x > y, nameof(Ops.Greater)),
        Relation(Ops.GreaterOrEqual, static (x, y) => x >= y, nameof(Ops.GreaterOrEqual)),
    ];

    private static OpSpec Relation(BinaryOp<None> row, Func<double, double, bool> reference, string name) =>
        OpSpec.Elementwise(row, (x, y) => reference(x, y) ? 1 : 0, Domain.OnGrid, types: OpSpec.AllTypes, result: static _ => DType.Bool, name: name);
}
