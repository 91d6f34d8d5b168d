using Gradus.Testing.Naive;

namespace Gradus.Kernels.Tests.Elementwise;

/// <summary>How far our own functions are from the exact values, over all magnitudes.</summary>
public sealed unsafe class AccuracyTests(ITestOutputHelper output)
{
    [Fact]
    public void Float32_functions_stay_within_two_units_in_the_last_place()
    {
        // Given 214,000 bit patterns, a dense grid, every exponent and the thresholds; references in float64.
        // When each function runs; then its largest error is at most 2 ulp, special values included.
        Check<ExpOperator>("exp", Math.Exp, 1.1);
        Check<Expm1Operator>("expm1", ExpMinusOne, 2);
        Check<LogOperator>("log", Math.Log, 1.1);
        Check<Log1pOperator>("log1p", LogPlusOne, 1.5);
        Check<TanhOperator>("tanh", Math.Tanh, 2);
        Check<SigmoidOperator>("sigmoid", Sigmoid, 2);
        Check<SoftplusOperator>("softplus", Softplus, 2);
        Check<SqrtOperator>("sqrt", Math.Sqrt, 1);
        Check<SinOperator>("sin", Math.Sin, 0.51);
        Check<CosOperator>("cos", Math.Cos, 0.51);
        Check<ErfOperator>("erf", Erf, 2);
        Check<TanOperator>("tan", Math.Tan, 1);
        Check<AsinOperator>("asin", Math.Asin, 1);
        Check<AcosOperator>("acos", Math.Acos, 1);
        Check<AtanOperator>("atan", Math.Atan, 1);
        Check<SinhOperator>("sinh", Math.Sinh, 1);
        Check<CoshOperator>("cosh", Math.Cosh, 1);
        Check<AsinhOperator>("asinh", Math.Asinh, 1);
        Check<AcoshOperator>("acosh", Math.Acosh, 1);
        Check<AtanhOperator>("atanh", Math.Atanh, 1);
        Check<Exp2Operator>("exp2", static x => Math.Pow(2, x), 1.1);
        Check<Log2Operator>("log2", Math.Log2, 1);
        Check<Log10Operator>("log10", Math.Log10, 1);
        Check<ErfcOperator>("erfc", Normal.Erfc, 1);
        Check<RsqrtOperator>("rsqrt", static x => 1 / Math.Sqrt(x), 1.5);
        Check<ReciprocalOperator>("reciprocal", static x => 1 / x, 1);
        // A product of four rounded factors.
        Check<GeluOperator>("gelu", Normal.Gelu, 4);
        Check<SiluOperator>("silu", static x => double.IsNegativeInfinity(x) ? -0.0 : x * Sigmoid(x), 4);
    }

    [Fact]
    public void Float64_functions_stay_within_four_units_in_the_last_place()
    {
        // Given the grid, every exponent and the thresholds; references from the platform, themselves within one.
        // When each function runs; then its largest distance is at most 4 ulp.
        Check64<ExpOperator>("exp", Math.Exp, 2);
        Check64<Expm1Operator>("expm1", ExpMinusOne, 4);
        Check64<LogOperator>("log", Math.Log, 2);
        Check64<Log1pOperator>("log1p", LogPlusOne, 4);
        Check64<TanhOperator>("tanh", Math.Tanh, 4);
        Check64<SigmoidOperator>("sigmoid", Sigmoid, 4);
        Check64<SinOperator>("sin", Math.Sin, 2);
        Check64<CosOperator>("cos", Math.Cos, 2);
        Check64<ErfOperator>("erf", Erf, 4);
        Check64<TanOperator>("tan", Math.Tan, 4);
        Check64<AsinOperator>("asin", Math.Asin, 4);
        Check64<AcosOperator>("acos", Math.Acos, 4);
        Check64<AtanOperator>("atan", Math.Atan, 4);
        Check64<SinhOperator>("sinh", Math.Sinh, 4);
        Check64<CoshOperator>("cosh", Math.Cosh, 4);
        Check64<AsinhOperator>("asinh", Math.Asinh, 4);
        Check64<AcoshOperator>("acosh", Math.Acosh, 4);
        Check64<AtanhOperator>("atanh", Math.Atanh, 4);
        Check64<Exp2Operator>("exp2", static x => Math.Pow(2, x), 4);
        Check64<Log2Operator>("log2", Math.Log2, 4);
        Check64<Log10Operator>("log10", Math.Log10, 4);
        // The reference is a product of several rounded factors itself; below, single values are held to four units.
        Check64<ErfcOperator>("erfc", Normal.Erfc, 8);
        Check64<RsqrtOperator>("rsqrt", static x => 1 / Math.Sqrt(x), 2);
        // In the far tail, below −30, the polynomial cancels.
        Check64<GeluOperator>("gelu", Normal.Gelu, 24, 37);
    }

    [Fact]
    public void The_complementary_error_function_is_within_four_units_of_values_with_forty_digits()
    {
        // Given values computed with 40 digits and rounded.
        (double X, double Erfc)[] list =
        [
            (0.51, 0.4707563801588296), (0.6180339887, 0.3821008006295682), (0.77, 0.2761783860351407), (0.93, 0.18843644141544225),
            (1.1, 0.11979493042591827), (1.37, 0.052687601964748), (1.9, 0.0072095707647425325), (2.5, 0.0004069520174449589),
            (3.170000317, 7.358111249193351e-06), (4.4, 4.891710270605872e-10), (5.9, 7.190409783550478e-17), (7.3, 5.502573750691923e-25),
            (9.9, 1.5431200214053075e-44), (13.7, 1.2613158337408749e-83), (19.2, 2.3400167206389853e-162), (25.5, 8.80166269072795e-285),
        ];
        var x = list.Select(entry => entry.X).ToArray();
        var z = new double[x.Length];

        // When the kernel runs.
        fixed (double* px = x, pz = z) Kernels.Elementwise.Unary(default(ErfcOperator), x.Length, px, pz);

        // Then each is within four.
        for (var i = 0; i < x.Length; i++) Assert.True(Values.Ulps(z[i], list[i].Erfc) <= 4, $"erfc({x[i]:R}) = {z[i]:R}, expected {list[i].Erfc:R}");
    }

    [Fact]
    public void Pow_agrees_with_the_platform_on_every_pair_of_special_and_ordinary_values()
    {
        // Given all pairs of a list that has every case of the IEEE power.
        double[] list =
        [
            0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -1.5, 10, -10, 0.1, -0.1, 1e-5, 1e5, 7.25, 33, -33, 1024, 0.9999999, 1.0000001, 1e15,
            9007199254740993, -9007199254740993,
            1e300, 1e-300, 5e-324, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1.1, 700.5, -700.5, 0.3333333333,
        ];
        var pairs = (from a in list from b in list select (a, b)).ToArray();
        var x = pairs.Select(p => p.a).ToArray();
        var y = pairs.Select(p => p.b).ToArray();
        var z = new double[x.Length];
        var xs = x.Select(v => (float)v).ToArray();
        var ys = y.Select(v => (float)v).ToArray();
        var zs = new float[x.Length];

        // When both types run.
        fixed (double* px = x, py = y, pz = z) Kernels.Elementwise.Binary(default(PowOperator), x.Length, px, py, pz);
        fixed (float* px = xs, py = ys, pz = zs) Kernels.Elementwise.Binary(default(PowOperator), x.Length, px, py, pz);

        // Then float64 is within 4 ulp and float32 within 1, sign of zero included.
        double worst = 0, worstSingle = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var reference = Math.Pow(x[i], y[i]);
            var ulps = Values.Ulps(z[i], reference);
            worst = Math.Max(worst, ulps);
            Assert.True(ulps <= 4, $"{x[i]:R} ^ {y[i]:R} = {z[i]:R}, expected {reference:R}");
            Assert.Equal(double.IsNegative(reference) && !double.IsNaN(reference), double.IsNegative(z[i]) && !double.IsNaN(z[i]));
            var single = Values.Ulps(zs[i], Math.Pow(xs[i], ys[i]));
            worstSingle = Math.Max(worstSingle, single);
            Assert.True(single <= 1, $"{xs[i]:R} ^ {ys[i]:R} = {zs[i]:R}, expected {Math.Pow(xs[i], ys[i]):R}");
        }

        output.WriteLine($"pow: float64 {worst} ulp, float32 {worstSingle:F3} ulp");
    }

    private void Check<TOp>(string name, Func<double, double> reference, double bound, double limit = double.PositiveInfinity)
        where TOp : struct, IUnaryOperator
    {
        var x = Values.Singles.Where(v => !(Math.Abs(v) > limit)).ToArray();
        var z = new float[x.Length];
        fixed (float* px = x, pz = z) Kernels.Elementwise.Unary(default(TOp), x.Length, px, pz);
        double worst = 0;
        var at = 0f;
        for (var i = 0; i < x.Length; i++)
        {
            var ulps = Values.Ulps(z[i], reference(x[i]));
            if (ulps <= worst) continue;
            worst = ulps;
            at = x[i];
        }

        output.WriteLine($"{name} float32: {worst:F3} ulp at {at:R}");
        Assert.True(worst <= bound, $"{name}({at:R}): {worst} ulp");
    }

    private void Check64<TOp>(string name, Func<double, double> reference, double bound, double limit = double.PositiveInfinity)
        where TOp : struct, IUnaryOperator
    {
        var x = Values.Doubles.Where(v => !(Math.Abs(v) > limit)).ToArray();
        var z = new double[x.Length];
        fixed (double* px = x, pz = z) Kernels.Elementwise.Unary(default(TOp), x.Length, px, pz);
        double worst = 0, at = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var ulps = Values.Ulps(z[i], reference(x[i]));
            if (ulps <= worst) continue;
            worst = ulps;
            at = x[i];
        }

        output.WriteLine($"{name} float64: {worst} ulp at {at:R}");
        Assert.True(worst <= bound, $"{name}({at:R}): {worst} ulp");
    }

    // The plain series where the difference would cancel.
    private static double ExpMinusOne(double x)
    {
        if (x == 0 || Math.Abs(x) < 1e-17) return x;
        if (Math.Abs(x) > 1) return Math.Exp(x) - 1;
        var (direct, u) = (0.0, x);
        for (var k = 2; k < 30; k++) direct += u *= x / k;
        return x + direct;
    }

    private static double LogPlusOne(double x)
    {
        if (Math.Abs(x) < 1e-17) return x;
        if (double.IsInfinity(x) || !(Math.Abs(x) < 0.25)) return Math.Log(1 + x) + (double.IsFinite(x) && x > -1 ? (x - ((1 + x) - 1)) / (1 + x) : 0);
        // 2·artanh(x / (2 + x)).
        var s = x / (2 + x);
        var (sum, power) = (0.0, s);
        for (var k = 3; k < 60; k += 2) sum += (power *= s * s) / k;
        return 2 * (s + sum);
    }

    private static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    // Up to 1 the plain series; beyond, 1 less the continued fraction of its complement.
    private static double Erf(double x)
    {
        if (double.IsNaN(x) || x == 0) return x;
        var a = Math.Abs(x);
        if (a > 6) return Math.Sign(x);
        if (a < 1)
        {
            var (power, alternating) = (x, 0.0);
            for (var n = 1; n < 40; n++) alternating += (power *= -x * x / n) / ((2 * n) + 1);
            return 1.1283791670955126 * (x + alternating);
        }

        var square = a * a;
        var scale = Math.Exp(-square) * (1 - Math.FusedMultiplyAdd(a, a, -square));
        var fraction = a;
        for (var k = 4000; k >= 1; k--) fraction = a + (k / 2.0 / fraction);
        return Math.CopySign(1 - (scale / fraction / 1.7724538509055161), x);
    }

    private static double Softplus(double x) => Math.Max(x, 0) + LogPlusOne(Math.Exp(-Math.Abs(x)));
}
