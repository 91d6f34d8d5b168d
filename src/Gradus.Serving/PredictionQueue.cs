using System.Threading.Channels;
using Gradus.Extensions;
using Gradus.Training;

namespace Gradus.Serving;

/// <summary>
/// Predicts samples of several requests together. The bits of a sample do not depend on which others it is with, so that nobody notices but by the time.
/// </summary>
internal sealed class PredictionQueue : IAsyncDisposable
{
    private readonly GradusModel _model;
    private readonly ServerOptions _options;
    private readonly Channel<PredictionJob> _jobs;
    private readonly SemaphoreSlim _slots;
    private readonly Task[] _workers;
    private int _waiting;

    public PredictionQueue(GradusModel model, ServerOptions options)
    {
        (_model, _options) = (model, options);
        _jobs = Channel.CreateBounded<PredictionJob>(options.MaxQueue);
        _slots = new SemaphoreSlim(options.Concurrency);
        _workers = [.. Enumerable.Range(0, options.Concurrency).Select(_ => Task.Run(Work))];
    }

    /// <summary>Predicts samples that a predictor has prepared.</summary>
    /// <exception cref="RequestException">Too many wait already.</exception>
    public async Task<IReadOnlyList<Prediction>> Predict(Predictor predictor, IReadOnlyList<PreparedSample> samples, CancellationToken cancellation)
    {
        var job = new PredictionJob(predictor, samples, cancellation);
        if (!_jobs.Writer.TryWrite(job)) throw Busy();
        return await job.Result.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs what is no batch, such as an explanation, when its turn comes.</summary>
    /// <exception cref="RequestException">Too many wait already.</exception>
    public async Task<T> Run<T>(Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > _options.MaxQueue)
        {
            Interlocked.Decrement(ref _waiting);
            throw Busy();
        }

        try
        {
            await _slots.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => work(cancellation), cancellation).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await Task.WhenAll(_workers).ConfigureAwait(false);
        _slots.Dispose();
    }

    private RequestException Busy() => RequestException.Busy($"{_options.MaxQueue} requests of the model {_model.Name} wait already. Try again in a moment.");

    private async Task Work()
    {
        var batch = new List<PredictionJob>();
        while (await _jobs.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await Collect(batch).ConfigureAwait(false);
            // While a file is replaced, samples of both models may have come.
            foreach (var jobs in batch.GroupBy(static job => job.Predictor)) Answer(jobs.Key, [.. jobs]);
            batch.Clear();
        }
    }

    /// <summary>Takes what has come, and waits for more if that is allowed.</summary>
    private async Task Collect(List<PredictionJob> batch)
    {
        using var patience = _options.MaxWait > TimeSpan.Zero ? new CancellationTokenSource(_options.MaxWait) : null;
        for (var samples = 0; samples < _options.MaxBatch;)
        {
            if (_jobs.Reader.TryRead(out var job))
            {
                if (job.Cancellation.IsCancellationRequested) continue;
                batch.Add(job);
                samples += job.Samples.Count;
                continue;
            }

            if (patience is null || batch.Count == 0) return;
            try
            {
                if (!await _jobs.Reader.WaitToReadAsync(patience.Token).ConfigureAwait(false)) return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Answer(Predictor predictor, PredictionJob[] jobs)
    {
        try
        {
            var predictions = Predict(predictor, [.. jobs.SelectMany(static job => job.Samples)]);
            var at = 0;
            foreach (var job in jobs)
            {
                job.Result.TrySetResult(predictions[at..(at + job.Samples.Count)]);
                at += job.Samples.Count;
            }
        }
        catch (Exception exception)
        {
            // One sample alone may be the cause, and the others are not to suffer from it.
            if (jobs.Length == 1) jobs[0].Result.TrySetException(exception);
            else foreach (var job in jobs) Answer(predictor, [job]);
        }
    }

    private Prediction[] Predict(Predictor predictor, PreparedSample[] samples) =>
        [.. samples.Chunk(_options.MaxBatch).SelectMany(chunk => _model.Predict(predictor, chunk))];
}
