using System.Runtime.ExceptionServices;

namespace Gradus.Data;

/// <summary>Reads a batch, or says which could not be read.</summary>
internal static class ReadBatch
{
    /// <exception cref="BatchReadException">The batch could not be read.</exception>
    public static TBatch Read<TBatch>(IBatchSource<TBatch> source, ReadOnlyMemory<int> rows, int epoch, int batch)
    {
        try
        {
            return source.Read(rows.Span, epoch);
        }
        catch (BatchReadException error) when (error.Batch is null)
        {
            throw new BatchReadException(epoch, batch, error.Sample, error.InnerException!);
        }
        catch (Exception error) when (error is not (OperationCanceledException or BatchReadException))
        {
            throw new BatchReadException(epoch, batch, sample: null, error);
        }
    }
}

/// <summary>A batch that a thread has read for another, or why it could not.</summary>
internal sealed class ReadBatch<TBatch>
{
    private readonly TBatch? _batch;
    private readonly Tensor[] _tensors = [];
    private readonly ExceptionDispatchInfo? _error;

    /// <summary>The place of a batch that could not be read.</summary>
    public ReadBatch(Exception error) => _error = ExceptionDispatchInfo.Capture(error);

    private ReadBatch(TBatch batch, Tensor[] tensors) => (_batch, _tensors) = (batch, tensors);

    /// <summary>Whether the batch could not be read.</summary>
    public bool IsFault => _error is not null;

    /// <summary>Reads a batch; what goes wrong is kept for whoever takes the batch.</summary>
    public static ReadBatch<TBatch> Of(IBatchSource<TBatch> source, ReadOnlyMemory<int> rows, int epoch, int batch)
    {
        try
        {
            using var scope = new TensorScope();
            var read = ReadBatch.Read(source, rows, epoch, batch);
            return new(read, scope.HandOver());
        }
        catch (Exception error)
        {
            return new(error);
        }
    }

    /// <summary>The batch, whose tensors belong from now on to the caller's scope.</summary>
    public TBatch Take()
    {
        _error?.Throw();
        TensorScope.TakeOver(_tensors);
        return _batch!;
    }

    /// <summary>Leaves the batch to the collector: nobody takes it.</summary>
    public void Abandon() => TensorScope.Abandon(_tensors);
}
