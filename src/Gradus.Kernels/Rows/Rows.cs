using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// Row by row over a contiguous [rows, columns] matrix of float or double: one pass through the cache where the composed form takes several through memory.
/// </summary>
/// <remarks>Sums inside a row follow <see cref="Fold"/>, so a row has the bits it has alone, and those of the composed form.</remarks>
internal static unsafe partial class Rows
{
    private const int Grain = 16384;

    /// <summary>out = e^(x − max x) / Σ e^(x − max x) in each row. Infinities share alike what there is; a row of −∞ alone gives zeros.</summary>
    public static void Softmax<T>(nint rows, nint columns, T* x, T* z) where T : unmanaged => Run(rows, columns, new SoftmaxRow<T>(columns, x, z));

    /// <summary>dx = out · (g − Σ g·out) in each row. dx may be g or out.</summary>
    public static void SoftmaxBackward<T>(nint rows, nint columns, T* g, T* output, T* dx) where T : unmanaged =>
        Run(rows, columns, new SoftmaxBackwardRow<T>(columns, g, output, dx));

    /// <summary>out = (x − max x) − ln Σ e^(x − max x) in each row: the logarithm of the softmax, also where x is infinite.</summary>
    public static void LogSoftmax<T>(nint rows, nint columns, T* x, T* z) where T : unmanaged => Run(rows, columns, new LogSoftmaxRow<T>(columns, x, z));

    /// <summary>dx = g − e^out · Σ g in each row; g where Σ g is 0, whatever out is. dx may be g or out.</summary>
    public static void LogSoftmaxBackward<T>(nint rows, nint columns, T* g, T* output, T* dx) where T : unmanaged =>
        Run(rows, columns, new LogSoftmaxBackwardRow<T>(columns, g, output, dx));

    private static void Run<TRow>(nint rows, nint columns, TRow row) where TRow : struct, IRow
    {
        if (rows * columns <= 2 * Grain)
        {
            for (nint r = 0; r < rows; r++) row.Run(r);
            return;
        }

        var step = Math.Max(1, Grain / columns);
        Workers.Run((int)((rows + step - 1) / step), new Job<TRow>(row, rows, step));
    }

    /// <summary>max x of a row, NaN winning.</summary>
    private static T Max<T>(T* x, nint n) where T : unmanaged => Fold.Run<T, MaxReduction>(x, n);

    /// <summary>z = e^(x − shift).</summary>
    private static void ExpShifted<T>(nint n, T* x, T shift, T* z) where T : unmanaged => Elementwise.UnarySpan(new ExpShiftedOperator<T>(shift), n, x, z);

    /// <summary>Σ e^(x − shift) without storing the exponentials.</summary>
    [SkipLocalsInit]
    private static T SumExpShifted<T>(nint n, T* x, T shift) where T : unmanaged
    {
        var block = stackalloc T[Fold.Block];
        var memory = stackalloc T[Pairwise<T, SumReduction>.Levels(n)];
        var tree = new Pairwise<T, SumReduction>(memory, 1);
        for (nint start = 0; start < n; start += Fold.Block)
        {
            var count = (int)Math.Min(Fold.Block, n - start);
            ExpShifted(count, x + start, shift, block);
            var part = Fold.OneBlock<T, SumReduction>(block, count);
            tree.Push(&part);
        }

        return *tree.Finish();
    }

    /// <summary>Σ x·y.</summary>
    [SkipLocalsInit]
    private static T SumOfProducts<T>(nint n, T* x, T* y) where T : unmanaged
    {
        var block = stackalloc T[Fold.Block];
        var memory = stackalloc T[Pairwise<T, SumReduction>.Levels(n)];
        var tree = new Pairwise<T, SumReduction>(memory, 1);
        for (nint start = 0; start < n; start += Fold.Block)
        {
            var count = (int)Math.Min(Fold.Block, n - start);
            Elementwise.BinarySpan(default(MultiplyOperator), count, x + start, 1, y + start, 1, block);
            var part = Fold.OneBlock<T, SumReduction>(block, count);
            tree.Push(&part);
        }

        return *tree.Finish();
    }

    /// <summary>
    /// z = e^(x − max x), and its sum. Where the maximum is ∞, 1 for each such x and 0 for the others; where it is −∞, zeros, whose sum counts as 1.
    /// </summary>
    private static T Weigh<T>(nint n, T* x, T* z) where T : unmanaged
    {
        var max = Max(x, n);
        if (IsInfinite(max)) return WeighInfinite(n, x, z);
        ExpShifted(n, x, max, z);
        return Fold.Run<T, SumReduction>(z, n);
    }

    // Apart, since with two loops in one method the usual one was a sixth slower.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T WeighInfinite<T>(nint n, T* x, T* z) where T : unmanaged
    {
        Elementwise.UnarySpan(new WhereInfiniteOperator<T>(Scalar<T>.Constant(1), Scalar<T>.Zero), n, x, z);
        var sum = Fold.Run<T, SumReduction>(z, n);
        return IsZero(sum) ? Scalar<T>.Constant(1) : sum;
    }

    /// <summary>ln of the number of infinities in a row whose maximum is ∞.</summary>
    private static T LogOfInfinities<T>(nint n, T* x) where T : unmanaged
    {
        var count = 0.0;
        for (nint index = 0; index < n; index++) count += IsPositiveInfinity(x[index]) ? 1 : 0;
        return LogOf(Scalar<T>.Constant(count));
    }

    private static bool AreZero<T>(nint n, T* x) where T : unmanaged
    {
        for (nint index = 0; index < n; index++)
        {
            if (!IsZero(x[index])) return false;
        }

        return true;
    }

    private static bool IsZero<T>(T x) where T : unmanaged => Scalar<T>.Any(Scalar<T>.Equal(x, Scalar<T>.Zero));

    private static bool IsNaN<T>(T x) where T : unmanaged => !Scalar<T>.Any(Scalar<T>.Equal(x, x));

    private static bool IsInfinite<T>(T x) where T : unmanaged => Scalar<T>.Any(Scalar<T>.Equal(Scalar<T>.Abs(x), Scalar<T>.Constant(double.PositiveInfinity)));

    private static bool IsPositiveInfinity<T>(T x) where T : unmanaged => Scalar<T>.Any(Scalar<T>.Equal(x, Scalar<T>.Constant(double.PositiveInfinity)));

    private static T LogOf<T>(T x) where T : unmanaged => default(LogOperator).Invoke<T, Scalar<T>, T>(x);

    private static T Minus<T>(T x, T y) where T : unmanaged => Scalar<T>.Subtract(x, y);

    private interface IRow
    {
        void Run(nint row);
    }

    private readonly struct Job<TRow>(TRow row, nint rows, nint step) : IJob where TRow : struct, IRow
    {
        public void Run(int chunk)
        {
            var end = Math.Min(rows, (chunk + 1) * step);
            for (var r = chunk * step; r < end; r++) row.Run(r);
        }
    }

    private readonly struct SoftmaxRow<T>(nint columns, T* x, T* z) : IRow where T : unmanaged
    {
        public void Run(nint row)
        {
            var from = x + (row * columns);
            var to = z + (row * columns);
            var sum = Weigh(columns, from, to);
            Elementwise.BinarySpan(default(DivideOperator), columns, to, 1, &sum, 0, to);
        }
    }

    private readonly struct SoftmaxBackwardRow<T>(nint columns, T* g, T* output, T* dx) : IRow where T : unmanaged
    {
        public void Run(nint row)
        {
            var at = row * columns;
            var sum = SumOfProducts(columns, g + at, output + at);
            if (IsNaN(sum) && AreZero(columns, g + at)) sum = Scalar<T>.Zero;
            Elementwise.BinarySpan(new SoftmaxBackwardOperator<T>(sum), columns, g + at, 1, output + at, 1, dx + at);
        }
    }

    private readonly struct LogSoftmaxRow<T>(nint columns, T* x, T* z) : IRow where T : unmanaged
    {
        public void Run(nint row)
        {
            var from = x + (row * columns);
            var to = z + (row * columns);
            var max = Max(from, columns);
            if (IsInfinite(max))
            {
                Elementwise.UnarySpan(
                    new WhereInfiniteOperator<T>(Scalar<T>.Negate(LogOfInfinities(columns, from)), Scalar<T>.Constant(double.NegativeInfinity)),
                    columns, from, to);
                return;
            }

            var logSum = LogOf(SumExpShifted(columns, from, max));
            Elementwise.UnarySpan(new ShiftTwiceOperator<T>(max, logSum), columns, from, to);
        }
    }

    private readonly struct LogSoftmaxBackwardRow<T>(nint columns, T* g, T* output, T* dx) : IRow where T : unmanaged
    {
        public void Run(nint row)
        {
            var at = row * columns;
            var sum = Fold.Run<T, SumReduction>(g + at, columns);
            Elementwise.BinarySpan(new LogSoftmaxBackwardOperator<T>(sum), columns, g + at, 1, output + at, 1, dx + at);
        }
    }
}
