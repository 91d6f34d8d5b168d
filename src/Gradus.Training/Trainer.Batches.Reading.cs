using Gradus.Data;

namespace Gradus.Training;

/// <content>How batches are read: each when its step is made, or ahead, on threads.</content>
public sealed partial class Trainer<TBatch>
{
    /// <summary>The batches of the epoch from the cursor on, as numbers of samples; where batches are read ahead, with the batch in its parts.</summary>
    private IEnumerable<(ReadOnlyMemory<int> Rows, TBatch[]? Parts)> RestOfEpoch() =>
        _options.Prefetch == 0 ? RowsOfEpoch() : new InParts(this).Prefetch(Batches, new() { Workers = _options.Prefetch })
            .Epoch(_progress.Epoch, _progress.Batch);

    private IEnumerable<(ReadOnlyMemory<int> Rows, TBatch[]? Parts)> RowsOfEpoch()
    {
        foreach (var rows in Batches.Epoch(_progress.Epoch, _progress.Batch)) yield return (rows, null);
    }

    /// <summary>In how many parts a batch is read and computed.</summary>
    private int PartsOf(int rows) => Math.Min(_options.Accumulate, rows);

    /// <summary>Where a part of a batch lies.</summary>
    private (int Start, int Length) PartOf(int rows, int part)
    {
        var parts = PartsOf(rows);
        int start = (int)((long)rows * part / parts), end = (int)((long)rows * (part + 1) / parts);
        return (start, end - start);
    }

    /// <summary>Reads what the next step is made on.</summary>
    /// <exception cref="BatchReadException">It could not be read.</exception>
    private TBatch Read(ReadOnlySpan<int> rows)
    {
        try
        {
            return _train.Read(rows, _progress.Epoch);
        }
        catch (BatchReadException error) when (error.Batch is null)
        {
            throw new BatchReadException(_progress.Epoch, _progress.Batch, error.Sample, error.InnerException!);
        }
        catch (Exception error) when (error is not (OperationCanceledException or BatchReadException))
        {
            throw new BatchReadException(_progress.Epoch, _progress.Batch, sample: null, error);
        }
    }

    /// <summary>The training set as the steps take it: each batch in the parts in which it is computed.</summary>
    private sealed class InParts(Trainer<TBatch> trainer) : IBatchSource<(ReadOnlyMemory<int> Rows, TBatch[]? Parts)>
    {
        public int Count => trainer._train.Count;

        public (ReadOnlyMemory<int> Rows, TBatch[]? Parts) Read(ReadOnlySpan<int> rows, int epoch)
        {
            var parts = new TBatch[trainer.PartsOf(rows.Length)];
            for (var part = 0; part < parts.Length; part++)
            {
                var (start, length) = trainer.PartOf(rows.Length, part);
                parts[part] = trainer._train.Read(rows.Slice(start, length), epoch);
            }

            return (rows.ToArray(), parts);
        }
    }
}
