using System.Numerics;

namespace Gradus.Kernels;

/// <summary>The sizes of an attention over several batches and heads.</summary>
internal readonly record struct AttentionSize(int Batches, int Heads, int Queries, int Keys, int Width, int ValueWidth, double Scale, bool IsCausal)
{
    // Two tiles of scores stay in a 256 kB share of the second-level cache.
    private const int TileElements = 32768;

    /// <summary>Queries that are worked on at a time: follows from the number of keys alone, so that a query has the same bits in any batch.</summary>
    public int TileRows => Math.Clamp(TileElements / Math.Max(Keys, 1), 16, 128);

    /// <summary>The tiles of one head.</summary>
    public int Tiles => (Queries + TileRows - 1) / TileRows;

    /// <summary>How many keys the query may attend to.</summary>
    public int KeysOf(int query) => IsCausal ? Math.Min(Keys, query + 1) : Keys;
}

/// <summary>A matrix for each head of each batch, [rows, columns] with neighboring columns side by side; null for none.</summary>
internal readonly unsafe struct HeadMatrices<T>(T* data, nint batch, nint head, nint row) where T : unmanaged
{
    /// <summary>Elements from one row to the next.</summary>
    public nint Row => row;

    /// <summary>Whether there are none.</summary>
    public bool IsNone => data == null;

    /// <summary>The first element of a matrix.</summary>
    public T* At(int batchIndex, int headIndex) => data + (batchIndex * batch) + (headIndex * head);
}

/// <summary>What is added to the scores before the softmax, broadcast over whatever axes; null for nothing.</summary>
internal readonly unsafe struct ScoreMask<T>(T* data, nint* offsets, nint row, nint column) where T : unmanaged
{
    /// <summary>Whether there is none.</summary>
    public bool IsNone => data == null;

    /// <summary>Elements from one key to the next: 0 or 1.</summary>
    public nint Column => column;

    /// <summary>The numbers for one query of the head number (batch · heads + head).</summary>
    public T* At(int index, int query) => data + offsets[index] + (query * row);
}

/// <summary>
/// Everything a backward pass of attention reads and writes. Results may be none; ScoreGradient, [batches, heads, queries, keys], may be null.
/// </summary>
internal readonly unsafe struct AttentionGradients<T> where T : unmanaged, INumber<T>
{
    public required HeadMatrices<T> Query { get; init; }

    public required HeadMatrices<T> Key { get; init; }

    public required HeadMatrices<T> Value { get; init; }

    public required ScoreMask<T> Mask { get; init; }

    public required HeadMatrices<T> Output { get; init; }

    public required T* LogSums { get; init; }

    public required HeadMatrices<T> Gradient { get; init; }

    public required HeadMatrices<T> QueryGradient { get; init; }

    public required HeadMatrices<T> KeyGradient { get; init; }

    public required HeadMatrices<T> ValueGradient { get; init; }

    public required T* ScoreGradient { get; init; }
}
