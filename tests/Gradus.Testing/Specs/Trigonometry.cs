namespace Gradus.Testing.Specs;

/// <summary>What Ops.Trigonometry must do.</summary>
internal static class Trigonometry
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Real(Ops.Sin, Math.Sin, Domain.Plain),
        OpSpec.Real(Ops.Cos, Math.Cos, Domain.Plain),
        OpSpec.Real(Ops.Tan, Math.Tan, new Domain(-1.2, 1.2)),
        OpSpec.Real(Ops.Asin, Math.Asin, new Domain(-0.9, 0.9)),
        OpSpec.Real(Ops.Acos, Math.Acos, new Domain(-0.9, 0.9)),
        OpSpec.Real(Ops.Atan, Math.Atan, Domain.Plain),
        OpSpec.Real(Ops.Sinh, Math.Sinh, Domain.Plain),
        OpSpec.Real(Ops.Cosh, Math.Cosh, Domain.Plain),
        OpSpec.Real(Ops.Asinh, Math.Asinh, Domain.Plain),
        OpSpec.Real(Ops.Acosh, Math.Acosh, new Domain(1.2, 3)),
        OpSpec.Real(Ops.Atanh, Math.Atanh, new Domain(-0.9, 0.9)),
        OpSpec.Elementwise(Ops.Atan2, Math.Atan2, Domain.OffGrid, Domain.Positive, OpSpec.AllTypes, Promotion.Real),
    ];
}
