namespace Gradus.Data;

/// <summary>In which batches the rows of a dataset come: <see cref="Batches"/>, or an order of your own.</summary>
/// <remarks>
/// A batch follows from the order's own settings, the epoch and its position alone, on any machine. So a run that stops at a position of an epoch goes on
/// there, without reading what went before, and sees the batches of an unbroken run.
/// </remarks>
public interface IBatchOrder
{
    /// <summary>Number of batches per epoch.</summary>
    int Count { get; }

    /// <summary>The batches of one epoch, as row numbers, from a position on. The memory of a batch is not reused.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="from">
    /// The position of the first batch, 0 to <see cref="Count"/>; those before it are not made. At <see cref="Count"/> there are none. Default: 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> or <paramref name="from"/> is out of range.</exception>
    IEnumerable<ReadOnlyMemory<int>> Epoch(int epoch, int from = 0);
}
