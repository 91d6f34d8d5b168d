using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Gradus.Serving;

/// <summary>The figures of a meter in the text format of Prometheus, and those of the requests and the process.</summary>
internal sealed class MetricsText : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<MetricKey, MetricSeries> _series = new();
    private readonly ConcurrentDictionary<(string Path, int Status), StrongCount> _requests = new();

    public MetricsText(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public void CountRequest(string path, int status) =>
        Interlocked.Increment(ref _requests.GetOrAdd((path, status), static _ => new StrongCount()).Value);

    public void Dispose() => _listener.Dispose();

    /// <summary>All figures, as they are now.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var group in _series.GroupBy(static entry => entry.Key.Instrument).OrderBy(static group => group.Key.Name, StringComparer.Ordinal))
        {
            var name = NameOf(group.Key);
            Head(text, name, group.Key.Description ?? "", group.First().Value.Bounds.Count > 0 ? "histogram" : "counter");
            foreach (var (key, series) in group.OrderBy(static entry => entry.Key.Labels, StringComparer.Ordinal)) series.WriteTo(text, name, key.Labels);
        }

        Head(text, "gradus_http_requests_total", "Requests by path and status.", "counter");
        foreach (var ((path, status), count) in _requests.OrderBy(static entry => entry.Key))
            text.Append(CultureInfo.InvariantCulture, $"gradus_http_requests_total{{path=\"{path}\",status=\"{status}\"}} {Volatile.Read(ref count.Value)}\n");
        using var process = Process.GetCurrentProcess();
        Head(text, "process_resident_memory_bytes", "Memory that the process has in use.", "gauge");
        text.Append(CultureInfo.InvariantCulture, $"process_resident_memory_bytes {process.WorkingSet64}\n");
        Head(text, "process_cpu_seconds_total", "Seconds of processors that the process has used.", "counter");
        text.Append(CultureInfo.InvariantCulture, $"process_cpu_seconds_total {process.TotalProcessorTime.TotalSeconds}\n");
        return text.ToString();
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _series.GetOrAdd(MetricKey.Of(instrument, tags), static key => new MetricSeries(BoundsOf(key.Instrument))).Add(value);

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries ?? [],
        Histogram<int> histogram => [.. (histogram.Advice?.HistogramBucketBoundaries ?? []).Select(static bound => (double)bound)],
        _ => [],
    };

    private static string NameOf(Instrument instrument) =>
        instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : instrument is Counter<long> ? "_total" : "");

    private static void Head(StringBuilder text, string name, string help, string type) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private sealed class StrongCount
    {
        public long Value;
    }
}
