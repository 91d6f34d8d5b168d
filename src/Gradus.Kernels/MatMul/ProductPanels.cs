using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>
/// All of B in panels, packed once for all blocks: segment after segment, in each panel after panel of one tile's columns, zeros beyond the last column.
/// </summary>
/// <remarks>
/// Blocks that pack for themselves copy B once for each row of blocks: 11 times at n = 2048, from rows that lie pages apart, with both threads waiting for the
/// same memory. Panels are read in order instead, which the hardware prefetches.
/// </remarks>
internal static unsafe class ProductPanels<T, TLanes, TVector>
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    // Panels that one chunk packs.
    private const int Group = 4;

    private static int Width => ProductEngine<T, TLanes, TVector>.TileColumns;

    /// <summary>Elements that a B of <paramref name="k"/> rows and <paramref name="n"/> columns takes.</summary>
    public static nint Length(int k, int n) => (nint)k * Padded(n);

    /// <summary>The most columns, in whole tiles, of which <paramref name="k"/> rows fit into a number of elements; at least one tile.</summary>
    public static int ColumnsIn(nint elements, int k) => (int)Math.Max(1, Math.Min(elements / k, int.MaxValue / 2) / Width) * Width;

    /// <summary>
    /// The panel of the segment from <paramref name="start"/> on, of <paramref name="steps"/> steps, whose first column is <paramref name="column"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* Panel(T* packed, int n, int start, int steps, int column) => packed + ((nint)start * Padded(n)) + ((nint)column * steps);

    /// <summary>Packs B of <paramref name="product"/> to where its panels are to lie, shared among the threads.</summary>
    public static void Pack(in Product<T> product)
    {
        var groups = ((product.N - 1) / (Group * Width)) + 1;
        var job = new Job(product, groups);
        Workers.Run(groups * new ProductSegments(product.K).Count, in job);
    }

    private static int Padded(int n) => (((n - 1) / Width) + 1) * Width;

    private readonly struct Job(Product<T> product, int groups) : IJob
    {
        public void Run(int chunk)
        {
            var segments = new ProductSegments(product.K);
            int start = segments.Start(chunk / groups), steps = segments.Length(chunk / groups), column = chunk % groups * Group * Width;
            var columns = Math.Min(Group * Width, product.N - column);
            var b = product.B + (start * product.BRow) + (column * product.BCol);
            ProductEngine<T, TLanes, TVector>.PackColumns(
                b, product.BCol, product.BRow, columns, steps, Panel(product.PackedB, product.N, start, steps, column), lastPitch: Width);
        }
    }
}
