using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Few rows times a B whose columns are contiguous (x·Wᵀ, or a matrix times a vector): B is transposed in registers and never stored.</summary>
/// <remarks>
/// A packed panel is worth its price when many rows read it; few pay for the transposition, the store and the load. Only elements of four bytes.
/// The sums lie in memory between blocks, so that every number of rows is one case.
/// </remarks>
internal static unsafe class ProductFewRows<T, TLanes, TVector>
    where T : unmanaged
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    // One thread, k = 784, n = 512, in µs against packing: 1 row 37 and 62, 2 rows 46 and 62, 4 rows 66 and 75, but 8 rows 105 and 102, 12 rows 144 and 130.
    private const int MostRows = 4;

    // The steps of a block: one cache line of each column, which is read once and completely.
    private const int BlockSteps = 16;

    // Columns whose chains are in flight together, in vectors: one chain alone waits for its own multiply-adds.
    private const int Chains = 2;

    // Lines of a column that are asked for ahead of the one that is read.
    private const int PrefetchBlocks = 3;

    /// <summary>Whether chains of <paramref name="steps"/> terms for <paramref name="rows"/> rows gain from it on this processor.</summary>
    public static bool Suits(int rows, int steps) => sizeof(T) == sizeof(float) && rows <= MostRows && steps >= BlockSteps && ProductPacking<T>.HasZip;

    /// <summary>
    /// sums[row·<paramref name="columns"/> + column] = one chain over all steps; <paramref name="columns"/> is a multiple of the vector's length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rows, T* a, nint aRow, nint aStep, T* b, nint bColumn, int steps, T* sums, int columns)
    {
        new Span<T>(sums, rows * columns).Clear();
        var whole = steps / BlockSteps * BlockSteps;
        for (var first = 0; first < columns; first += Chains * TLanes.Count)
        {
            var end = Math.Min(first + (Chains * TLanes.Count), columns);
            for (var step = 0; step < whole; step += BlockSteps)
            {
                for (var column = first; column < end; column += TLanes.Count)
                {
                    Block(rows, a + (step * aStep), aRow, aStep, b + (column * bColumn) + step, bColumn, sums + column, columns);
                }
            }
        }

        if (whole < steps) Rest(rows, a + (whole * aStep), aRow, aStep, b + whole, bColumn, steps - whole, sums, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(int rows, T* a, nint aRow, nint aStep, T* b, nint bColumn, T* sums, int sumRow)
    {
        // Part i of a vector holds four steps of column 4i; the columns between come from the other three vectors.
        var part = 4 * bColumn;
        Prefetch(b, part);
        TVector b0 = TLanes.LoadParts(b, part), b4 = TLanes.LoadParts(b + 4, part), b8 = TLanes.LoadParts(b + 8, part), b12 = TLanes.LoadParts(b + 12, part);
        b += bColumn;
        Prefetch(b, part);
        TVector b1 = TLanes.LoadParts(b, part), b5 = TLanes.LoadParts(b + 4, part), b9 = TLanes.LoadParts(b + 8, part), b13 = TLanes.LoadParts(b + 12, part);
        b += bColumn;
        Prefetch(b, part);
        TVector b2 = TLanes.LoadParts(b, part), b6 = TLanes.LoadParts(b + 4, part), b10 = TLanes.LoadParts(b + 8, part), b14 = TLanes.LoadParts(b + 12, part);
        b += bColumn;
        Prefetch(b, part);
        TVector b3 = TLanes.LoadParts(b, part), b7 = TLanes.LoadParts(b + 4, part), b11 = TLanes.LoadParts(b + 8, part), b15 = TLanes.LoadParts(b + 12, part);
        Transpose(ref b0, ref b1, ref b2, ref b3);
        Transpose(ref b4, ref b5, ref b6, ref b7);
        Transpose(ref b8, ref b9, ref b10, ref b11);
        Transpose(ref b12, ref b13, ref b14, ref b15);
        for (var row = 0; row < rows; row++, a += aRow, sums += sumRow)
        {
            var x = a;
            var sum = TLanes.Load(sums);
            sum = TLanes.MultiplyAdd(b0, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b1, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b2, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b3, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b4, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b5, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b6, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b7, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b8, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b9, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b10, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b11, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b12, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b13, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b14, Next(ref x, aStep), sum);
            sum = TLanes.MultiplyAdd(b15, Next(ref x, aStep), sum);
            TLanes.Store(sum, sums);
        }
    }

    /// <summary>The steps that do not fill a block, for all columns, one element of B at a time.</summary>
    private static void Rest(int rows, T* a, nint aRow, nint aStep, T* b, nint bColumn, int steps, T* sums, int columns)
    {
        var line = stackalloc T[TLanes.Count];
        for (var column = 0; column < columns; column += TLanes.Count)
        {
            for (var step = 0; step < steps; step++)
            {
                for (var lane = 0; lane < TLanes.Count; lane++) line[lane] = b[((column + lane) * bColumn) + step];
                var y = TLanes.Load(line);
                for (var row = 0; row < rows; row++)
                {
                    var sum = sums + (row * columns) + column;
                    TLanes.Store(TLanes.MultiplyAdd(y, TLanes.Broadcast(a[(row * aRow) + (step * aStep)]), TLanes.Load(sum)), sum);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next(ref T* x, nint step)
    {
        var value = TLanes.Broadcast(*x);
        x += step;
        return value;
    }

    /// <summary>Transposes the 4 × 4 elements in each 128 bits of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref TVector r0, ref TVector r1, ref TVector r2, ref TVector r3)
    {
        TVector low02 = TLanes.ZipLow(r0, r2), low13 = TLanes.ZipLow(r1, r3), high02 = TLanes.ZipHigh(r0, r2), high13 = TLanes.ZipHigh(r1, r3);
        r0 = TLanes.ZipLow(low02, low13);
        r1 = TLanes.ZipHigh(low02, low13);
        r2 = TLanes.ZipLow(high02, high13);
        r3 = TLanes.ZipHigh(high02, high13);
    }

    /// <summary>
    /// Asks for a later line of each of the columns that one load reads. Nothing is read: asking for an address outside the operand is harmless.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(T* b, nint part)
    {
        b += PrefetchBlocks * BlockSteps;
        CacheLines.Prefetch(b);
        if (TLanes.Count > 4) CacheLines.Prefetch(b + part);
        if (TLanes.Count > 8) CacheLines.Prefetch(b + (2 * part));
        if (TLanes.Count > 8) CacheLines.Prefetch(b + (3 * part));
    }
}
