using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Gradus.Kernels.Tests.Elementwise;
using Loops = Gradus.Kernels.Elementwise;

namespace Gradus.Kernels.Tests.Simd;

/// <summary>Every operator gives each element the same bits at 512, 256 and 128 bits and for a single element.</summary>
public sealed unsafe class SameBitsTests
{
    private static readonly float[] X = [.. Values.Singles.Where((_, i) => i % 3 == 0), 0f, -0f, 1f];
    private static readonly double[] Xd = [.. Values.Doubles.Where((_, i) => i % 2 == 0)];

    [Fact]
    public void A_unary_operator_has_the_same_bits_at_every_width()
    {
        // Given values of all magnitudes; when the one body runs at each width; then no bit differs (any NaN equals any NaN).
        All<NegateOperator>();
        All<AbsOperator>();
        All<SqrtOperator>();
        All<SquareOperator>();
        All<ReciprocalOperator>();
        All<SignOperator>();
        All<RoundOperator>();
        All<FloorOperator>();
        All<CeilingOperator>();
        All<TruncateOperator>();
        All<ReluOperator>();
        All<ExpOperator>();
        All<Expm1Operator>();
        All<LogOperator>();
        All<Log1pOperator>();
        All<SoftplusOperator>();
        All<SigmoidOperator>();
        All<TanhOperator>();
        All<SinOperator>();
        All<CosOperator>();
        All<ErfOperator>();
        All<TanOperator>();
        All<AsinOperator>();
        All<AcosOperator>();
        All<AtanOperator>();
        All<SinhOperator>();
        All<CoshOperator>();
        All<AsinhOperator>();
        All<AcoshOperator>();
        All<AtanhOperator>();
        All<Exp2Operator>();
        All<Log2Operator>();
        All<Log10Operator>();
        All<ErfcOperator>();
        All<RsqrtOperator>();
        All<LogSigmoidOperator>();
        All<HardswishOperator>();
        All<MishOperator>();
        All<GeluTanhOperator>();
        All<UniformOperator>();
        Unary(new ClampOperator<float>(-1.5f, 2.5f), X);
        Unary(new ClampOperator<double>(-1.5, 2.5), Xd);
        Unary(new EluOperator(0.5, 1.5, 2), X);
        Unary(new LeakyReluOperator(0.1), Xd);
        Unary(new ScaledSoftplusOperator(1.5, 20), X);
        Unary(new ExpShiftedOperator<float>(3.25f), X);
    }

    [Fact]
    public void A_binary_operator_has_the_same_bits_at_every_width()
    {
        // Given pairs of values of all magnitudes; when the one body runs at each width; then no bit differs.
        Both<AddOperator>();
        Both<SubtractOperator>();
        Both<MultiplyOperator>();
        Both<DivideOperator>();
        Both<MaximumOperator>();
        Both<MinimumOperator>();
        Both<PowOperator>();
        Both<Atan2Operator>();
        Both<HypotOperator>();
        Both<LogAddExpOperator>();
        Both<XLogYOperator>();
        Both<RemainderOperator>();
        Both<FmodOperator>();
        Both<LogSigmoidBackwardOperator>();
        Both<HardswishBackwardOperator>();
        Both<MishBackwardOperator>();
        Both<GeluTanhBackwardOperator>();
        Both<ReluBackwardOperator>();
        Both<SigmoidBackwardOperator>();
        Both<TanhBackwardOperator>();
        Both<BinaryCrossEntropyOperator>();
    }

    [Fact]
    public void A_comparison_has_the_same_bytes_at_every_width()
    {
        Compare<EqualOperator>();
        Compare<NotEqualOperator>();
        Compare<LessOperator>();
        Compare<LessOrEqualOperator>();
        Compare<GreaterOperator>();
        Compare<GreaterOrEqualOperator>();
    }

    [Fact]
    public void A_reduction_has_the_same_bits_at_every_width()
    {
        // Given ordinary values of many magnitudes and block lengths around the lanes and the vectors.
        var x = Enumerable.Range(0, 4096).Select(i => (float)Math.Sin(i * 1.7) * MathF.Pow(10, i % 7)).ToArray();
        var xd = x.Select(v => v * 1.000000123).ToArray();
        foreach (var n in Enumerable.Range(0, 200).Concat([255, 256, 257, 1000, 4095, 4096]))
        {
            // When sum, product and maximum run at each width; then no bit differs.
            Reduction<float, SumReduction>(x, n);
            Reduction<float, MaxReduction>(x, n);
            Reduction<double, SumReduction>(xd, n);
            Reduction<double, ProdReduction>(xd, n);
        }
    }

    [Fact]
    public void Random_words_are_the_same_at_every_width()
    {
        const int Blocks = 37;
        uint* a = stackalloc uint[4 * Blocks], b = stackalloc uint[4 * Blocks], c = stackalloc uint[4 * Blocks], d = stackalloc uint[4 * Blocks];
        Philox.WordsLoop<Simd512<long>, Vector512<long>>(0x123456789ABCDEF0, 77, 0xFFFFFFFE, Blocks, a);
        Philox.WordsLoop<Simd256<long>, Vector256<long>>(0x123456789ABCDEF0, 77, 0xFFFFFFFE, Blocks, b);
        Philox.WordsLoop<Simd128<long>, Vector128<long>>(0x123456789ABCDEF0, 77, 0xFFFFFFFE, Blocks, c);
        Philox.WordsLoop<Scalar<long>, long>(0x123456789ABCDEF0, 77, 0xFFFFFFFE, Blocks, d);
        Assert.True(new Span<uint>(a, 4 * Blocks).SequenceEqual(new Span<uint>(b, 4 * Blocks)));
        Assert.True(new Span<uint>(a, 4 * Blocks).SequenceEqual(new Span<uint>(c, 4 * Blocks)));
        Assert.True(new Span<uint>(a, 4 * Blocks).SequenceEqual(new Span<uint>(d, 4 * Blocks)));
    }

    private static void All<TOp>() where TOp : struct, IUnaryOperator
    {
        Unary(default(TOp), X);
        Unary(default(TOp), Xd);
    }

    private static void Both<TOp>() where TOp : struct, IBinaryOperator
    {
        Binary(default(TOp), X);
        Binary(default(TOp), Xd);
    }

    private static void Compare<TOp>() where TOp : struct, IComparison
    {
        Comparison(default(TOp), X);
        Comparison(default(TOp), Xd);
    }

    private static void Unary<T, TOp>(TOp op, T[] x) where T : unmanaged where TOp : struct, IUnaryOperator
    {
        T[] a = new T[x.Length], b = new T[x.Length], c = new T[x.Length], d = new T[x.Length];
        fixed (T* px = x, pa = a, pb = b, pc = c, pd = d)
        {
            Loops.UnaryLoop<T, TOp, Simd512<T>, Vector512<T>>(op, x.Length, px, pa);
            Loops.UnaryLoop<T, TOp, Simd256<T>, Vector256<T>>(op, x.Length, px, pb);
            Loops.UnaryLoop<T, TOp, Simd128<T>, Vector128<T>>(op, x.Length, px, pc);
            Loops.UnaryLoop<T, TOp, Scalar<T>, T>(op, x.Length, px, pd);
        }

        AssertSame(a, b, i => $"{typeof(TOp).Name} 512/256 at {x[i]:R}");
        AssertSame(a, c, i => $"{typeof(TOp).Name} 512/128 at {x[i]:R}");
        AssertSame(a, d, i => $"{typeof(TOp).Name} 512/1 at {x[i]:R}");
    }

    private static void Binary<T, TOp>(TOp op, T[] x) where T : unmanaged where TOp : struct, IBinaryOperator
    {
        // The second operand is the first in another order, so special values meet ordinary ones.
        var y = x.Select((_, i) => x[(int)((i * 7919L) % x.Length)]).ToArray();
        T[] a = new T[x.Length], b = new T[x.Length], c = new T[x.Length], d = new T[x.Length];
        fixed (T* px = x, py = y, pa = a, pb = b, pc = c, pd = d)
        {
            Loops.BinaryLoop<T, TOp, Simd512<T>, Vector512<T>>(op, x.Length, px, 1, py, 1, pa);
            Loops.BinaryLoop<T, TOp, Simd256<T>, Vector256<T>>(op, x.Length, px, 1, py, 1, pb);
            Loops.BinaryLoop<T, TOp, Simd128<T>, Vector128<T>>(op, x.Length, px, 1, py, 1, pc);
            Loops.BinaryLoop<T, TOp, Scalar<T>, T>(op, x.Length, px, 1, py, 1, pd);
        }

        AssertSame(a, b, i => $"{typeof(TOp).Name} 512/256 at {x[i]:R}, {y[i]:R}");
        AssertSame(a, c, i => $"{typeof(TOp).Name} 512/128 at {x[i]:R}, {y[i]:R}");
        AssertSame(a, d, i => $"{typeof(TOp).Name} 512/1 at {x[i]:R}, {y[i]:R}");
    }

    private static void Comparison<T, TOp>(TOp op, T[] x) where T : unmanaged where TOp : struct, IComparison
    {
        var y = x.Select((v, i) => i % 4 == 0 ? v : x[(int)((i * 7919L) % x.Length)]).ToArray();
        byte[] a = new byte[x.Length], b = new byte[x.Length], c = new byte[x.Length], d = new byte[x.Length];
        fixed (T* px = x, py = y)
        {
            fixed (byte* pa = a, pb = b, pc = c, pd = d)
            {
                Loops.CompareLoop<T, TOp, Simd512<T>, Vector512<T>>(op, x.Length, px, 1, py, 1, pa);
                Loops.CompareLoop<T, TOp, Simd256<T>, Vector256<T>>(op, x.Length, px, 1, py, 1, pb);
                Loops.CompareLoop<T, TOp, Simd128<T>, Vector128<T>>(op, x.Length, px, 1, py, 1, pc);
                Loops.CompareLoop<T, TOp, Scalar<T>, T>(op, x.Length, px, 1, py, 1, pd);
            }
        }

        Assert.Equal(a, b);
        Assert.Equal(a, c);
        Assert.Equal(a, d);
    }

    private static void Reduction<T, TReduction>(T[] x, int n) where T : unmanaged where TReduction : struct, IReduction
    {
        fixed (T* p = x)
        {
            T[] results =
            [
                Fold.Loop<T, TReduction, Simd512<T>, Vector512<T>>(p, n), Fold.Loop<T, TReduction, Simd256<T>, Vector256<T>>(p, n),
                Fold.Loop<T, TReduction, Simd128<T>, Vector128<T>>(p, n), Fold.Loop<T, TReduction, Scalar<T>, T>(p, n),
            ];
            AssertSame([results[0], results[0], results[0]], results[1..], i => $"{typeof(TReduction).Name} over {n}, width {i}");

            // Columns: a chain of two rows of n / 2, then combined with the row that waits before it.
            var width = n / 2;
            T[] a = [.. x, .. x], b = [.. x, .. x], c = [.. x, .. x], d = [.. x, .. x];
            fixed (T* pa = a, pb = b, pc = c, pd = d)
            {
                var starts = stackalloc T*[] { p, p + width };
                FoldColumns.Chain<T, TReduction, Simd512<T>, Vector512<T>>(starts, 2, width, pa + width, 1);
                FoldColumns.Chain<T, TReduction, Simd256<T>, Vector256<T>>(starts, 2, width, pb + width, 1);
                FoldColumns.Chain<T, TReduction, Simd128<T>, Vector128<T>>(starts, 2, width, pc + width, 1);
                FoldColumns.Chain<T, TReduction, Scalar<T>, T>(starts, 2, width, pd + width, 1);
            }

            AssertSame(a, b, i => $"{typeof(TReduction).Name} 512/256, column {i} of {width}");
            AssertSame(a, c, i => $"{typeof(TReduction).Name} 512/128, column {i} of {width}");
            AssertSame(a, d, i => $"{typeof(TReduction).Name} 512/1, column {i} of {width}");
        }
    }

    private static void AssertSame<T>(T[] a, T[] b, Func<int, string> where) where T : unmanaged
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (Bits(a[i]) == Bits(b[i])) continue;
            var (p, q) = (Convert.ToDouble(a[i], null), Convert.ToDouble(b[i], null));
            Assert.True(double.IsNaN(p) && double.IsNaN(q), $"{where(i)}: {p:R} and {q:R}");
        }
    }

    private static long Bits<T>(T x) where T : unmanaged => sizeof(T) == 8 ? Unsafe.BitCast<T, long>(x) : Unsafe.BitCast<T, int>(x);
}
