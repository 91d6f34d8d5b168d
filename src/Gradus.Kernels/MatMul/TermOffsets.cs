using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>Where the terms of a product's left operand lie, one after the other, the same for every row.</summary>
internal interface ITermOffsets
{
    /// <summary>How many bytes the term lies from its row's first element.</summary>
    nint Current { get; }

    /// <summary>Goes on to the next term.</summary>
    void Next();
}

/// <summary>Terms at equal distances: a matrix in place, or a packed panel.</summary>
/// <param name="step">Bytes from one term to the next.</param>
internal struct EvenOffsets(nint step) : ITermOffsets
{
    /// <inheritdoc/>
    public nint Current { get; private set; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next() => Current += step;
}

/// <summary>Terms anywhere, which a table tells: the taps of a window of an image, whose offsets are the same for every window.</summary>
/// <remarks>No copy of the windows is made (im2col); the table costs one load in 24 multiply-adds.</remarks>
/// <param name="offsets">For each term, how many bytes it lies from its row's first element.</param>
/// <param name="ahead">Memory to ask for meanwhile.</param>
/// <param name="aheadStep">Bytes that this goes on with each term.</param>
internal unsafe struct TableOffsets(nint* offsets, byte* ahead, nint aheadStep) : ITermOffsets
{
    /// <inheritdoc/>
    public readonly nint Current => *offsets;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        CacheLines.Prefetch(ahead);
        ahead += aheadStep;
        offsets++;
    }
}
