namespace Gradus.Testing.Specs;

/// <summary>What Ops.Copying must do.</summary>
internal static class Copying
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Elementwise(Ops.Copy, static x => x, types: OpSpec.AllTypes),
        OpSpec.Elementwise(Ops.Cast, static x => x, args: DType.Float64, types: OpSpec.AllTypes, result: static _ => DType.Float64),
    ];
}
