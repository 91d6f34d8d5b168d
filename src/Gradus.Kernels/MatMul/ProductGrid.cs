namespace Gradus.Kernels;

/// <summary>How C is cut into blocks. Follows from the shape alone; each block is computed by one thread, which packs its own operands.</summary>
/// <remarks>
/// What packing there is is repeated by each block: about 5 % of the work for A where a block has 128 columns, and for B where it has 128 rows.
/// No two threads ever wait for each other's panels.
/// </remarks>
internal readonly struct ProductGrid
{
    /// <summary>Multiply-adds below which a product stays on the calling thread.</summary>
    public const long SmallWork = Workers.LeastWork;

    /// <summary>Multiply-adds from which sleeping workers are woken: about 15 µs of work for one thread, since waking one may cost as much.</summary>
    public const long WakingWork = 5 * SmallWork;

    // 192 rows × 320 terms of packed A fill a quarter (float32) or a half (float64) of a 1 MB second-level cache.
    private const int MaxRows = 192;
    private const int MaxColumns = 512;
    private const int MaxPackedColumns = 1024;
    private const int WantedBlocks = 16;
    private const int MinSide = 64;

    // Below this (about 170 × 170 × 170) blocks of 64 × 64 would be too few for the threads.
    private const long FewWork = 32 * SmallWork;
    private const int FewMinSide = 32;

    private readonly int _blockRows;
    private readonly int _blockColumns;
    private readonly int _down;
    private readonly int _across;

    /// <summary>Cuts an <paramref name="m"/> × <paramref name="n"/> result into blocks of whole tiles.</summary>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="tileRows">Rows of a tile.</param>
    /// <param name="tileColumns">Columns of a tile.</param>
    /// <param name="batch">How many such results are computed at a time.</param>
    /// <param name="packed">Whether B is packed already, so that wide blocks, which pack their A less often, cost nothing.</param>
    public ProductGrid(int m, int n, int k, int tileRows, int tileColumns, int batch = 1, bool packed = false)
    {
        var rowTiles = ((m - 1) / tileRows) + 1;
        var columnTiles = ((n - 1) / tileColumns) + 1;
        var rows = Cut(rowTiles, Math.Max(1, MaxRows / tileRows));
        var columns = Cut(columnTiles, Math.Max(1, (packed ? MaxPackedColumns : MaxColumns) / tileColumns));
        var side = (long)m * n * k < FewWork ? FewMinSide : MinSide;
        while (true)
        {
            _down = ((rowTiles - 1) / rows) + 1;
            _across = ((columnTiles - 1) / columns) + 1;
            _blockRows = rows * tileRows;
            _blockColumns = columns * tileColumns;
            if ((long)_down * _across * batch >= WantedBlocks || (long)_blockRows * _blockColumns * k < SmallWork * 3 / 2) break;
            if (_blockColumns >= 2 * side && ((_blockColumns >= _blockRows && !packed) || _blockRows < 2 * side)) columns = (columns + 1) / 2;
            else if (_blockRows >= 2 * side) rows = (rows + 1) / 2;
            else break;
        }
    }

    /// <summary>The number of rows of blocks.</summary>
    public int Down => _down;

    /// <summary>The number of blocks.</summary>
    public int Count => _down * _across;

    /// <summary>
    /// The rows and columns of block number <paramref name="index"/>, counted down the columns: neighboring blocks, which a thread computes one after the
    /// other, share their part of B.
    /// </summary>
    public ProductBlock Block(int index, int m, int n)
    {
        int row = index % _down * _blockRows, column = index / _down * _blockColumns;
        return new ProductBlock(row, Math.Min(_blockRows, m - row), column, Math.Min(_blockColumns, n - column));
    }

    /// <summary>The tiles in each part when <paramref name="tiles"/> are cut into the fewest about equal parts of at most <paramref name="most"/>.</summary>
    private static int Cut(int tiles, int most)
    {
        var parts = ((tiles - 1) / most) + 1;
        return ((tiles - 1) / parts) + 1;
    }
}

/// <summary>A rectangle of C.</summary>
internal readonly record struct ProductBlock(int Row, int Rows, int Column, int Columns);
