using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Running sums along one axis of a dense operand of shape [outer, length, inner].</summary>
/// <remarks>Each line is one chain in its own order, in a wider type than its elements, so its bits depend on nothing else; lines are what threads share out.</remarks>
internal static unsafe class Scan
{
    /// <summary>Columns that advance side by side, so that memory is walked in order.</summary>
    private const int Columns = 64;

    /// <summary>Elements of one chunk of work.</summary>
    private const int Grain = 32768;

    /// <summary>zᵢ = x₀ + … + xᵢ, or xᵢ + … of all that follow if <paramref name="isReversed"/>. Floats are summed as double, integers and bools as long.</summary>
    public static void Sum<TFrom, TWide, TTo>(nint outer, nint length, nint inner, bool isReversed, TFrom* x, TTo* z)
        where TFrom : unmanaged, INumberBase<TFrom> where TWide : unmanaged, INumberBase<TWide> where TTo : unmanaged, INumberBase<TTo>
    {
        var blocks = (inner + Columns - 1) / Columns;
        var perChunk = Math.Max(1, Grain / Math.Max(1, length * Math.Min(inner, Columns)));
        var total = outer * blocks;
        if (total == 0 || length == 0) return;
        Workers.Run((int)((total + perChunk - 1) / perChunk), new Job<TFrom, TWide, TTo>(total, perChunk, blocks, length, inner, isReversed, x, z));
    }

    private readonly struct Job<TFrom, TWide, TTo>(nint total, nint perChunk, nint blocks, nint length, nint inner, bool isReversed, TFrom* x, TTo* z) : IJob
        where TFrom : unmanaged, INumberBase<TFrom> where TWide : unmanaged, INumberBase<TWide> where TTo : unmanaged, INumberBase<TTo>
    {
        private readonly TFrom* _x = x;
        private readonly TTo* _z = z;

        public void Run(int chunk)
        {
            var sums = stackalloc TWide[Columns];
            var end = Math.Min(total, (chunk + 1) * perChunk);
            for (var block = chunk * perChunk; block < end; block++)
            {
                var column = block % blocks * Columns;
                var start = (block / blocks * length * inner) + column;
                Block(sums, start, (int)Math.Min(Columns, inner - column));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Block(TWide* sums, nint start, int width)
        {
            new Span<TWide>(sums, width).Clear();
            for (nint i = 0; i < length; i++)
            {
                var row = start + ((isReversed ? length - 1 - i : i) * inner);
                for (var column = 0; column < width; column++)
                {
                    sums[column] += TWide.CreateTruncating(_x[row + column]);
                    _z[row + column] = TTo.CreateTruncating(sums[column]);
                }
            }
        }
    }
}
