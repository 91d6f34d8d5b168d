namespace Gradus.Nn;

/// <summary>
/// Sequences of different lengths without padding: the first steps of all, the longest sequence first, then the second steps of those that have one, and so on.
/// </summary>
/// <remarks>The layout is that of PyTorch's PackedSequence. The recurrent layers take one in place of a padded batch.</remarks>
public sealed class PackedSequence
{
    private PackedSequence(Tensor data, int[] lengths, int[] batchSizes, int[] sortedIndices) =>
        (Data, Lengths, BatchSizes, SortedIndices) = (data, lengths, batchSizes, sortedIndices);

    /// <summary>All steps, [Σ lengths, …].</summary>
    public Tensor Data { get; }

    /// <summary>The length of each sequence, in the order in which they were given.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>How many sequences have a first step, a second, ….</summary>
    public IReadOnlyList<int> BatchSizes { get; }

    /// <summary>The places, in the order in which they were given, of the longest sequence, the next, ….</summary>
    public IReadOnlyList<int> SortedIndices { get; }

    /// <summary>Packs a padded batch, [batch, time, …].</summary>
    /// <param name="padded">The sequences.</param>
    /// <param name="lengths">How many steps of each count.</param>
    /// <exception cref="GradusException">A length is below 1 or above the batch's, or there is not one for each sequence.</exception>
    public static PackedSequence Pack(Tensor padded, IReadOnlyList<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(padded);
        ArgumentNullException.ThrowIfNull(lengths);
        if (padded.Rank < 2 || lengths.Count == 0 || lengths.Count != padded.Shape[0] || lengths.Any(length => length < 1 || length > padded.Shape[1]))
        {
            throw new GradusException(
                $"packedSequence: lengths {PlainText.QuoteAll(lengths)} of {padded.Describe()}; " +
                "expected one for each sequence of [batch, time, ...], from 1 to the time.");
        }

        int[] order = [.. Enumerable.Range(0, lengths.Count).OrderByDescending(index => lengths[index])];
        int[] sizes = [.. Enumerable.Range(0, lengths.Max()).Select(step => lengths.Count(length => length > step))];
        int[] places = [.. sizes.SelectMany((size, step) => order.Take(size).Select(index => (index * padded.Shape[1]) + step))];
        return new PackedSequence(padded.Flatten(0, 1).IndexSelect(0, Tensor.From(places, [places.Length])), [.. lengths], sizes, order);
    }

    /// <summary>Packs sequences, [time, …] each.</summary>
    public static PackedSequence Pack(IReadOnlyList<Tensor> sequences)
    {
        return Pack(Pad(sequences), [.. sequences.Select(static sequence => sequence.Shape[0])]);
    }

    /// <summary>Sequences, [time, …] each, as one batch, [batch, greatest time, …], with a value where they have ended.</summary>
    public static Tensor Pad(IReadOnlyList<Tensor> sequences, double value = 0)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        foreach (var sequence in sequences) ArgumentNullException.ThrowIfNull(sequence);
        if (sequences.Count == 0 || sequences.Any(static sequence => sequence.Rank == 0))
        {
            throw new GradusException(
                $"packedSequence: the sequences are {PlainText.QuoteAll(sequences.Select(static sequence => sequence.Describe()))}; " +
                "expected at least one, [time, ...] each.");
        }

        var time = sequences.Max(static sequence => sequence.Shape[0]);
        return Tensor.Stack([.. sequences.Select(sequence => sequence.Pad(0, 0, time - sequence.Shape[0], value: value))]);
    }

    /// <summary>The padded batch, [batch, greatest length, …], with a value where sequences have ended.</summary>
    public Tensor Unpack(double value = 0)
    {
        var time = BatchSizes.Count;
        var starts = new int[time];
        for (var step = 1; step < time; step++) starts[step] = starts[step - 1] + BatchSizes[step - 1];
        // One more row, of the padding's value, stands for all that is not there.
        var none = Data.Shape[0];
        var places = new int[Lengths.Count * time];
        for (var rank = 0; rank < Lengths.Count; rank++)
        {
            for (var step = 0; step < time; step++) places[(SortedIndices[rank] * time) + step] = rank < BatchSizes[step] ? starts[step] + rank : none;
        }

        return Data.Pad(0, 0, 1, value: value).IndexSelect(0, Tensor.From(places, [places.Length])).Unflatten(0, Lengths.Count, time);
    }

    /// <summary>The sequences, each of its own length.</summary>
    public IReadOnlyList<Tensor> Sequences()
    {
        var padded = Unpack();
        return [.. Lengths.Select((length, index) => padded.Select(0, index).Slice(0, 0, length))];
    }
}
