using System.Numerics;

namespace Gradus.Kernels;

/// <summary>Combines a sequence of rows in the fixed tree of <see cref="Fold"/>, holding one row for each level.</summary>
/// <remarks>
/// Works as a binary counter: after 2ᵏ rows one complete subtree is left. Handing over aligned runs of 2ᵏ rows that were combined elsewhere gives the same
/// tree, so a long reduction can be cut among threads.
/// </remarks>
internal unsafe ref struct Pairwise<T, TReduction>(T* memory, nint width) where T : unmanaged where TReduction : struct, IReduction
{
    private int _depth;
    private long _pushed;

    /// <summary>Rows of memory that a reduction of <paramref name="length"/> elements needs.</summary>
    public static int Levels(nint length) => BitOperations.Log2((ulong)(length / Fold.Block) + 1) + 3;

    /// <summary>Takes the next row.</summary>
    public void Push(T* row)
    {
        Buffer.MemoryCopy(row, memory + (_depth * width), width * sizeof(T), width * sizeof(T));
        _depth++;
        _pushed++;
        for (var count = _pushed; (count & 1) == 0; count >>= 1) Merge();
    }

    /// <summary>The result of all rows; it lies in the memory.</summary>
    public T* Finish()
    {
        while (_depth > 1) Merge();
        return memory;
    }

    private void Merge()
    {
        _depth--;
        var left = memory + ((_depth - 1) * width);
        Elementwise.BinarySpan(default(CombineOperator<TReduction>), width, left, 1, left + width, 1, left);
    }
}
