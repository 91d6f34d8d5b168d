namespace Gradus.Testing.Specs;

/// <summary>What Ops.Comparisons must do.</summary>
internal static class Comparisons
{
    public static IEnumerable<OpSpec> All =>
    [
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
