using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Running sums along one axis of a dense operand of shape [outer, length, inner].</summary>
/// <remarks>
/// Each line is one chain in its own order, in a wider type than its elements, so its bits depend on nothing else; lines are what threads share out.
/// </remarks>
internal static unsafe class Scan
{
    /// <summary>Columns that advance side by side, so that memory is walked in order.</summary>
    private const int Columns = 64;

    /// <summary>Elements of one chunk of work.</summary>
    private const int Grain = 32768;

    /// <summary>
    /// zᵢ = x₀ + … + xᵢ, or xᵢ + … of all that follow if <paramref name="isReversed"/>. Floats are summed as double, integers and bools as long.
    /// </summary>
    public static void Sum<TFrom, TWide, TTo>(nint outer, nint length, nint inner, bool isReversed, TFrom* x, TTo* z)
        where TFrom : unmanaged, INumberBase<TFrom> where TWide : unmanaged, INumberBase<TWide> where TTo : unmanaged, INumberBase<TTo>
    {
        var blocks = (inner + Columns - 1) / Columns;
        var total = outer * blocks;
        var perChunk = Math.Max(inner == 1 && total >= 16 ? 4 : 1, Grain / Math.Max(1, length * Math.Min(inner, Columns)));
        if (total == 0 || length == 0) return;
        Workers.Run((int)((total + perChunk - 1) / perChunk), new Job<TFrom, TWide, TTo>(total, perChunk, blocks, length, inner, isReversed, x, z));
    }

    private readonly struct Job<TFrom, TWide, TTo>(nint total, nint perChunk, nint blocks, nint length, nint inner, bool isReversed, TFrom* x, TTo* z) : IJob
        where TFrom : unmanaged, INumberBase<TFrom> where TWide : unmanaged, INumberBase<TWide> where TTo : unmanaged, INumberBase<TTo>
    {
        private static bool IsFloat => typeof(TFrom) == typeof(float) && typeof(TWide) == typeof(double) && typeof(TTo) == typeof(float);

        private readonly TFrom* _x = x;
        private readonly TTo* _z = z;

        public void Run(int chunk)
        {
            var end = Math.Min(total, (chunk + 1) * perChunk);
            var block = chunk * perChunk;
            if (inner == 1)
            {
                if (IsFloat)
                {
                    for (; block + 4 <= end; block += 4) ScanFloat.FourLines(length, isReversed, (float*)_x + (block * length), (float*)_z + (block * length));
                    for (; block < end; block++) ScanFloat.Line(length, isReversed, (float*)_x + (block * length), (float*)_z + (block * length));
                }

                for (; block < end; block++) Line(block * length);
                return;
            }

            var sums = stackalloc TWide[Columns];
            for (; block < end; block++)
            {
                var column = block % blocks * Columns;
                var start = (block / blocks * length * inner) + column;
                Block(sums, start, (int)Math.Min(Columns, inner - column));
            }
        }

        // The sum in a register: through memory each addition waits 12 cycles for the one before it, not 3.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Line(nint start)
        {
            var (n, step) = (length, isReversed ? -1 : 1);
            var from = _x + start + (isReversed ? n - 1 : 0);
            var to = _z + start + (isReversed ? n - 1 : 0);
            var sum = TWide.Zero;
            for (nint i = 0; i < n; i++, from += step, to += step)
            {
                sum += TWide.CreateTruncating(*from);
                *to = TTo.CreateTruncating(sum);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Block(TWide* sums, nint start, int width)
        {
            new Span<TWide>(sums, width).Clear();
            for (nint i = 0; i < length; i++)
            {
                var row = start + ((isReversed ? length - 1 - i : i) * inner);
                var from = _x + row;
                var to = _z + row;
                var column = 0;
                if (IsFloat) column = ScanFloat.Columns(width, (float*)from, (double*)sums, (float*)to);
                for (; column < width; column++)
                {
                    sums[column] += TWide.CreateTruncating(from[column]);
                    to[column] = TTo.CreateTruncating(sums[column]);
                }
            }
        }
    }
}
