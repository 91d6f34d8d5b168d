namespace Gradus.Data;

/// <summary>Where an epoch of rows is cut into batches.</summary>
internal readonly struct BatchCut
{
    private readonly int _rows;
    private readonly int _size;
    private readonly bool _dropsLast;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public BatchCut(int rows, BatchOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (options.Size < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Size, "A batch has at least one row.");
        if (options.MinLastBatch < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MinLastBatch, "The last batch has at least one row.");
        }

        (_rows, _size, _dropsLast) = (rows, options.Size, options.DropLast);
        var rest = rows % options.Size;
        var joinsTheOneBefore = rest < options.MinLastBatch && rows > options.Size;
        Count = (rows / options.Size) + (rest > 0 && !options.DropLast && !joinsTheOneBefore ? 1 : 0);
    }

    /// <summary>Number of batches.</summary>
    public int Count { get; }

    /// <summary>The rows of a batch.</summary>
    public ReadOnlyMemory<int> Batch(int[] order, int batch)
    {
        var start = batch * _size;
        var isLast = batch == Count - 1 && !_dropsLast;
        return order.AsMemory(start, isLast ? _rows - start : _size);
    }

    /// <summary>Refuses options that an order, in which each row comes once and at random, does not have.</summary>
    /// <exception cref="ArgumentException">Rows are to keep their order, or to be drawn.</exception>
    public static BatchOptions Shuffled(BatchOptions? options, string name)
    {
        options ??= new BatchOptions();
        if (!options.Shuffle) throw new ArgumentException($"{name} batches are always shuffled; leave {nameof(BatchOptions.Shuffle)} out.", nameof(options));
        if (options.SampledBatches is not null)
        {
            throw new ArgumentException(
                $"{name} batches contain each row once; leave {nameof(BatchOptions.SampledBatches)} out, or take {nameof(WeightedBatches)}.", nameof(options));
        }

        return options;
    }
}
