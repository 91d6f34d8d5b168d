namespace Gradus.Testing.Specs;

/// <summary>What Ops.Rounding, and the methods beside it, must do.</summary>
internal static class Rounding
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Elementwise(Ops.Floor, Math.Floor, Domain.OffGrid, misuses: [NoArithmetic("floor", static x => x.Floor())]),
        OpSpec.Elementwise(Ops.Ceil, Math.Ceiling, Domain.OffGrid, misuses: [NoArithmetic("ceil", static x => x.Ceil())]),
        OpSpec.Elementwise(Ops.Round, static x => Math.Round(x), Domain.OffGrid, misuses: [NoArithmetic("round", static x => x.Round())]),
        OpSpec.Elementwise(Ops.Trunc, Math.Truncate, Domain.OffGrid, misuses: [NoArithmetic("trunc", static x => x.Trunc())]),
        OpSpec.Composite("Frac", static x => x.Frac(), static x => x - Math.Truncate(x), Domain.OffGrid, tolerance: Tolerance.Accumulated),
        OpSpec.Elementwise(Ops.Remainder, Remainder, Domain.OffGrid, Divisors, misuses: [ByZero("remainder", static (x, y) => x.Remainder(y))]),
        OpSpec.Elementwise(Ops.Fmod, static (x, y) => x % y, Domain.OffGrid, Divisors, misuses: [ByZero("fmod", static (x, y) => x.Fmod(y))]),
        OpSpec.Composite("Lerp", static (x, y) => x.Lerp(y, 0.25), static (x, y) => x + (0.25 * (y - x)), types: OpSpec.Floats, specials: false,
            tolerance: Tolerance.Accumulated),
        OpSpec.Composite("LerpByTensor",
            [Case.Of([new Input([2, 3], Domain.Plain), new Input([3], Domain.Plain), new Input([2, 1], new Domain(0, 1))], static t => t[0].Lerp(t[1], t[2]),
                static a => NArray.Build([2, 3], at => a[0].Stretched(at) + (a[2].Stretched(at) * (a[1].Stretched(at) - a[0].Stretched(at)))))]),
        OpSpec.Composite("NanToNum", static x => x.NanToNum(0.5, 9, -9), static x => double.IsNaN(x) ? 0.5 : double.IsInfinity(x) ? Math.Sign(x) * 9 : x),
    ];

    /// <summary>Multiples of a half: no odd number of eighths is a multiple of one of them.</summary>
    private static Domain Divisors => new(1, 3) { Grid = 0.5 };

    private static double Remainder(double x, double y)
    {
        var rest = x % y;
        return rest != 0 && rest < 0 != y < 0 ? rest + y : rest;
    }

    private static Misuse NoArithmetic(string name, Func<Tensor, Tensor> use) =>
        new("bool", () => use(Tensor.Of(true, false)), $"{name}: bool has no arithmetic. Convert it with To().");

    private static Misuse ByZero(string name, Func<Tensor, Tensor, Tensor> use) => new("an integer by 0", () => use(Tensor.Of(1, 2), Tensor.Of(1, 0)),
        $"{name}: i32[2] by i32[2], which holds a 0; integers have no NaN. Convert one with To(DType.Float32).");
}
