namespace Gradus.Data;

/// <summary>Epochs and positions that there are.</summary>
internal static class BatchPlace
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch, or no such position in it.</exception>
    public static void Check(int epoch, int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if ((uint)from > (uint)count)
        {
            throw new ArgumentOutOfRangeException(nameof(from), from, $"An epoch of {count} batches has no position {from}; expected 0 to {count}.");
        }
    }
}
