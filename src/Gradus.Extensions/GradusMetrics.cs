using System.Diagnostics.Metrics;

namespace Gradus.Extensions;

/// <summary>The instruments of the meter <c>Gradus</c>, each with the tag <c>model</c>.</summary>
internal sealed class GradusMetrics : IDisposable
{
    public const string MeterName = "Gradus";

    private readonly Counter<long> _predictions, _errors, _swaps;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _batchSize;

    public GradusMetrics()
    {
        Meter = new Meter(MeterName);
        _predictions = Meter.CreateCounter<long>("gradus.predictions", "{sample}", "Samples that were predicted.");
        _errors = Meter.CreateCounter<long>("gradus.prediction.errors", "{error}", "Predictions that failed; error.type tells why.");
        _swaps = Meter.CreateCounter<long>("gradus.model.swaps", "{swap}", "Times that a new file of the model has taken over.");
        _duration = Meter.CreateHistogram<double>("gradus.prediction.duration", "s", "Seconds that the samples of one call, or one batch, took.", advice: new()
        {
            HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
        });
        _batchSize = Meter.CreateHistogram<int>("gradus.prediction.batch_size", "{sample}", "Samples that were predicted together.", advice: new()
        {
            HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256],
        });
    }

    public Meter Meter { get; }

    public void Predict(string model, int samples, TimeSpan time)
    {
        var tag = Tag(model);
        _predictions.Add(samples, tag);
        _duration.Record(time.TotalSeconds, tag);
        _batchSize.Record(samples, tag);
    }

    public void Fail(string model, Exception exception) => _errors.Add(1, Tag(model), new("error.type", exception.GetType().Name));

    public void Swap(string model) => _swaps.Add(1, Tag(model));

    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string model) => new("model", model);
}
