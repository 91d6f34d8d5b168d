namespace Gradus.Testing.Specs;

/// <summary>What Ops.Trigonometry must do.</summary>
internal static class Trigonometry
{
    public static IEnumerable<OpSpec> All =>
    [
        Functions.Real(Ops.Sin, Math.Sin, Domain.Plain, nameof(Ops.Sin)),
        Functions.Real(Ops.Cos, Math.Cos, Domain.Plain, nameof(Ops.Cos)),
        Functions.Real(Ops.Tan, Math.Tan, new Domain(-1.2, 1.2), nameof(Ops.Tan)),
        Functions.Real(Ops.Asin, Math.Asin, new Domain(-0.9, 0.9), nameof(Ops.Asin)),
        Functions.Real(Ops.Acos, Math.Acos, new Domain(-0.9, 0.9), nameof(Ops.Acos)),
        Functions.Real(Ops.Atan, Math.Atan, Domain.Plain, nameof(Ops.Atan)),
        Functions.Real(Ops.Sinh, Math.Sinh, Domain.Plain, nameof(Ops.Sinh)),
        Functions.Real(Ops.Cosh, Math.Cosh, Domain.Plain, nameof(Ops.Cosh)),
        Functions.Real(Ops.Asinh, Math.Asinh, Domain.Plain, nameof(Ops.Asinh)),
        Functions.Real(Ops.Acosh, Math.Acosh, new Domain(1.2, 3), nameof(Ops.Acosh)),
        Functions.Real(Ops.Atanh, Math.Atanh, new Domain(-0.9, 0.9), nameof(Ops.Atanh)),
        OpSpec.Elementwise(Ops.Atan2, Math.Atan2, Domain.OffGrid, Functions.Positive, OpSpec.AllTypes, Promotion.Real),
    ];
}
