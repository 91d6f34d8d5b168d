using Gradus.Training;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gradus.Extensions;

/// <summary>Trains a model in the background, turn by turn.</summary>
internal sealed partial class GradusTrainingService : BackgroundService
{
    private readonly GradusModel _model;
    private readonly GradusTrainingOptions _options;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private (long Length, DateTime Written) _learned;

    public GradusTrainingService(GradusModel model, GradusTrainingOptions options, ILogger log, TimeProvider clock)
    {
        options.Check(model.Name);
        (_model, _options, _log, _clock) = (model, options, log, clock);
    }

    /// <summary>Trains once, if there are rows. Whatever goes wrong is told in the log, and the model stays.</summary>
    /// <returns>Whether the file was replaced.</returns>
    internal async Task<bool> Turn(CancellationToken cancellation)
    {
        try
        {
            return await ReadSource(cancellation).ConfigureAwait(false) is { } source && await Train(source, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            LogFailed(_log, _model.Name, exception);
            return false;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.Interval, _clock, stoppingToken).ConfigureAwait(false);
                await Turn(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app ends.
        }
    }

    /// <summary>What there is to learn; null where it is nothing new.</summary>
    private async Task<DataSource?> ReadSource(CancellationToken cancellation)
    {
        if (_options.Rows is { } rows)
        {
            var table = await rows(cancellation).ConfigureAwait(false);
            return table is null || table.Rows == 0 ? null : new DataSource(DataKind.Parquet, table.Name) { Reader = _ => table };
        }

        var source = DataSource.Parse(_options.Data!, directory: null);
        var stamp = source.Path is { } path ? ModelFile.StampOf(path) : default;
        if (stamp != default && stamp == _learned) return null;
        _learned = stamp;
        return source;
    }

    private async Task<bool> Train(DataSource source, CancellationToken cancellation)
    {
        // Its own weights: those that predict must not change.
        var model = TrainedModel.Load(_model.Path);
        var data = model.LoadSplit(source);
        var held = data.Test.Count > 0 ? data.Test : data.Validation;
        if (data.Train.Count == 0 || held.Count == 0) throw new GradusException($"{source.Word}: there are no rows to train on, or none to judge by.");
        var before = Evaluation.Of(model.Network, held, model.TargetDeviation);
        model.Network.Train();
        var trainer = new Trainer(model.Network, data, _options.Training with { Budget = _options.Budget }, model.TargetDeviation);
        LogStarted(_log, _model.Name, data.Train.Count);
        if (await trainer.FitAsync(cancellation: cancellation).ConfigureAwait(false) is null) return false;
        model.Network.Eval();
        var after = Evaluation.Of(model.Network, held, model.TargetDeviation);
        var (old, now) = (FigureOf(before), FigureOf(after));
        if (!IsKept(before, after, _options.Tolerance))
        {
            LogRefused(_log, _model.Name, now, old);
            return false;
        }

        if (model.Record.Calibration is not null) model = model.Calibrate(data.Validation.Count > 0 ? data.Validation : held);
        cancellation.ThrowIfCancellationRequested();
        model.Save(_model.Path);
        LogReplaced(_log, _model.Name, now, old);
        _model.Reload();
        return true;
    }

    /// <summary>Whether a model is no worse than another by more than the tolerance.</summary>
    internal static bool IsKept(Evaluation before, Evaluation after, double tolerance) =>
        double.IsFinite(after.Loss) && (before.Accuracy is { } accuracy
            ? after.Accuracy >= accuracy - tolerance
            : !double.IsFinite(before.Loss) || FigureOf(after) <= FigureOf(before) * (1 + tolerance));

    private static double FigureOf(Evaluation evaluation) => evaluation.Accuracy ?? evaluation.RootMeanSquaredError ?? evaluation.Loss;

    [LoggerMessage(11, LogLevel.Information, "Model {Name}: training on {Rows} rows begins.")]
    private static partial void LogStarted(ILogger log, string name, int rows);

    [LoggerMessage(12, LogLevel.Information, "Model {Name}: its file is replaced; on the rows that were held out {Now} after {Before}.")]
    private static partial void LogReplaced(ILogger log, string name, double now, double before);

    [LoggerMessage(13, LogLevel.Warning, "Model {Name}: the new model is not taken; on the rows that were held out {Now} after {Before}.")]
    private static partial void LogRefused(ILogger log, string name, double now, double before);

    [LoggerMessage(14, LogLevel.Error, "Model {Name}: its training has failed, and the model stays.")]
    private static partial void LogFailed(ILogger log, string name, Exception exception);
}
