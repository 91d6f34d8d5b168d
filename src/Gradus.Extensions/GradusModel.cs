using System.Text.Json;
using Gradus.Training;
using Microsoft.Extensions.Logging;

namespace Gradus.Extensions;

/// <summary>
/// A model of an app. When its file is replaced, the new model takes over while the app runs: predictions that have begun end with the old one, and none
/// fails. A new file that is damaged or half written is told in the log and tried again, and the old model stays.
/// </summary>
/// <remarks>It may be used by several threads at once. Write a new file beside the old one and rename it, as <c>TrainedModel.Save</c> does.</remarks>
public sealed partial class GradusModel : IDisposable
{
    // Looks at the file between two attempts at the same damaged content.
    private const int LongestPause = 64;

    private readonly Lock _loading = new();
    private readonly GradusMetrics _metrics;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly ITimer? _timer;
    private (long Length, DateTime Written) _tried;
    private volatile GradusModelVersion _version;
    private volatile string? _failure;
    private int _pause = 1;
    private int _polls;

    internal GradusModel(string name, GradusModelOptions options, GradusMetrics metrics, ILogger log, TimeProvider clock)
    {
        options.Check(name);
        (Name, Path, _metrics, _log, _clock) = (name, System.IO.Path.GetFullPath(options.Path), metrics, log, clock);
        _tried = ModelFile.StampOf(Path);
        var (predictor, hash) = ModelFile.Load(Path, known: null);
        _version = new GradusModelVersion(predictor!, hash, clock.GetUtcNow());
        LogLoaded(log, Name, _version);
        if (options.Watch) _timer = clock.CreateTimer(static model => ((GradusModel)model!).Poll(), this, options.PollInterval, options.PollInterval);
    }

    /// <summary>Tells that another model has taken over: <see cref="Version"/> is the new one. It is raised on the thread that loaded it.</summary>
    public event EventHandler? Swapped;

    /// <summary>The name under which the app knows it.</summary>
    public string Name { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What predicts at the moment. Take it once for what belongs together: a moment later it may be another.</summary>
    public Predictor Current => _version.Predictor;

    /// <summary>What is loaded at the moment.</summary>
    public GradusModelVersion Version => _version;

    /// <summary>Why the newest file could not be loaded; null where it was.</summary>
    public string? Failure => _failure;

    /// <summary>Predicts a row, given as name → value.</summary>
    /// <inheritdoc cref="Predictor.Predict(IReadOnlyDictionary{string, object})"/>
    public Prediction Predict(IReadOnlyDictionary<string, object?> row) => Measured(row, static (predictor, row) => predictor.Predict(row));

    /// <summary>Predicts a value of JSON: a row as an object, an array of numbers, a text, or a picture.</summary>
    /// <inheritdoc cref="Predictor.Prepare(JsonElement)"/>
    public Prediction Predict(JsonElement sample) => Measured(sample, static (predictor, sample) => predictor.Predict(sample));

    /// <summary>Predicts a sample of plain numbers.</summary>
    /// <param name="sample">The numbers, as <see cref="Predictor.Prepare(ReadOnlySpan{float})"/> takes them.</param>
    /// <inheritdoc cref="Predictor.Prepare(ReadOnlySpan{float})"/>
    public Prediction Predict(ReadOnlySpan<float> sample)
    {
        var begin = _clock.GetTimestamp();
        try
        {
            var prediction = Current.Predict(sample);
            Count(1, begin);
            return prediction;
        }
        catch (Exception exception)
        {
            _metrics.Fail(Name, exception);
            throw;
        }
    }

    /// <summary>Predicts a sentence, or what follows a text.</summary>
    /// <inheritdoc cref="Predictor.PredictText"/>
    public Prediction PredictText(string text) => Measured(text, static (predictor, text) => predictor.PredictText(text));

    /// <summary>Predicts a picture.</summary>
    /// <inheritdoc cref="Predictor.PredictPicture(Stream)"/>
    public Prediction PredictPicture(Stream picture) => Measured(picture, static (predictor, picture) => predictor.PredictPicture(picture));

    /// <summary>Takes the file as it is now, without waiting for the next look at it.</summary>
    /// <returns>Whether another model has taken over; false where the file holds the one that is loaded.</returns>
    /// <exception cref="IOException">The file cannot be read. The model stays.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no model of Gradus. The model stays.</exception>
    public bool Reload()
    {
        var hasSwapped = false;
        lock (_loading)
        {
            _tried = ModelFile.StampOf(Path);
            try
            {
                var (predictor, hash) = ModelFile.Load(Path, _version.Hash);
                _failure = null;
                if (predictor is not null)
                {
                    _version = new GradusModelVersion(predictor, hash, _clock.GetUtcNow());
                    hasSwapped = true;
                }
            }
            catch (Exception exception) when (IsOfFile(exception))
            {
                var isNews = _failure != exception.Message;
                _failure = exception.Message;
                if (isNews) LogFailed(_log, Name, exception.Message);
                throw;
            }
        }

        if (!hasSwapped) return false;
        _metrics.Swap(Name);
        LogSwapped(_log, Name, _version);
        Swapped?.Invoke(this, EventArgs.Empty);
        return true;
    }

    /// <summary>Stops looking at the file.</summary>
    public void Dispose() => _timer?.Dispose();

    /// <summary>A summary: <c>prices: predictor of mlp:64,32: 9 columns → a value</c>.</summary>
    public override string ToString() => $"{Name}: {Current}";

    /// <summary>Predicts samples that a predictor of this model has prepared.</summary>
    internal IReadOnlyList<Prediction> Predict(Predictor predictor, IReadOnlyList<PreparedSample> samples)
    {
        var begin = _clock.GetTimestamp();
        try
        {
            var predictions = predictor.Predict(samples);
            Count(samples.Count, begin);
            return predictions;
        }
        catch (Exception exception)
        {
            _metrics.Fail(Name, exception);
            throw;
        }
    }

    /// <summary>Counts a sample that was refused before it was predicted.</summary>
    internal void CountRefused(Exception exception) => _metrics.Fail(Name, exception);

    /// <summary>Looks at the file, and takes it if it is another. What could not be loaded is tried again, ever more seldom.</summary>
    internal void Poll()
    {
        try
        {
            if (IsDue()) Reload();
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            // It is in the log, and the model stays.
        }
        catch (Exception exception)
        {
            // A listener's: on a timer's thread it would end the app.
            LogListener(_log, Name, exception);
        }
    }

    private bool IsDue()
    {
        // Where the file is just being loaded, the next look is soon enough.
        if (!_loading.TryEnter()) return false;
        try
        {
            var isNew = ModelFile.StampOf(Path) != _tried;
            if (!isNew && (_failure is null || ++_polls < _pause)) return false;
            _pause = isNew ? 1 : Math.Min(2 * _pause, LongestPause);
            _polls = 0;
            return true;
        }
        finally
        {
            _loading.Exit();
        }
    }

    private Prediction Measured<T>(T sample, Func<Predictor, T, Prediction> predict)
    {
        var begin = _clock.GetTimestamp();
        try
        {
            var prediction = predict(Current, sample);
            Count(1, begin);
            return prediction;
        }
        catch (Exception exception)
        {
            _metrics.Fail(Name, exception);
            throw;
        }
    }

    private void Count(int samples, long begin) => _metrics.Predict(Name, samples, _clock.GetElapsedTime(begin));

    private static bool IsOfFile(Exception exception) =>
        exception is IOException or InvalidDataException or UnauthorizedAccessException or GradusException or OutOfMemoryException;

    [LoggerMessage(1, LogLevel.Debug, "Model {Name}: {Version} is loaded.")]
    private static partial void LogLoaded(ILogger log, string name, GradusModelVersion version);

    [LoggerMessage(2, LogLevel.Information, "Model {Name}: {Version} has taken over.")]
    private static partial void LogSwapped(ILogger log, string name, GradusModelVersion version);

    [LoggerMessage(3, LogLevel.Warning, "Model {Name}: the new file is not taken, and the model before it stays. {Reason}")]
    private static partial void LogFailed(ILogger log, string name, string reason);

    [LoggerMessage(4, LogLevel.Error, "Model {Name}: what listens to Swapped has failed.")]
    private static partial void LogListener(ILogger log, string name, Exception exception);
}
