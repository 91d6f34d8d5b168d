namespace Gradus.Testing.Specs;

/// <summary>What Ops.Selection, and bounds that are tensors, must do.</summary>
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
        OpSpec.Composite("ClampByTensor", [Case.Of([new Input([2, 3], Domain.OffGrid), new Input([3], new Domain(-1, -0.5) { Grid = 0.25 }),
            new Input([2, 1], new Domain(0.5, 1) { Grid = 0.25 })],
            static t => t[0].Clamp(t[1], t[2]),
            static a => NArray.Build([2, 3], at => Math.Min(Math.Max(a[0].Stretched(at), a[1].Stretched(at)), a[2].Stretched(at))))]),
    ];
}
