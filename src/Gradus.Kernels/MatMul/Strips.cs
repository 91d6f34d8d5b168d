namespace Gradus.Kernels;

/// <summary>How rows are cut into strips of one tile's height: into as few as there must be.</summary>
/// <remarks>They differ by one row at most, so that no tile is much lower than the others: 64 rows are 11 + 11 + 11 + 11 + 10 + 10.</remarks>
internal readonly struct Strips
{
    private readonly int _low;
    private readonly int _higher;

    /// <summary>Cuts <paramref name="rows"/> ≥ 0 rows into strips of at most <paramref name="most"/> rows.</summary>
    public Strips(int rows, int most)
    {
        if (rows == 0) return;
        Count = ((rows - 1) / most) + 1;
        (_low, _higher) = Math.DivRem(rows, Count);
    }

    /// <summary>The number of strips.</summary>
    public int Count { get; }

    /// <summary>The rows of a strip.</summary>
    public int Rows(int strip) => strip < _higher ? _low + 1 : _low;
}
