using System.Diagnostics.Metrics;

namespace Gradus.Serving;

/// <summary>An instrument with the values of its tags: two at most, all of which are names.</summary>
internal readonly record struct MetricKey(Instrument Instrument, string? Model, string? Error)
{
    /// <summary>As Prometheus writes them: <c>model="prices",error="InvalidDataException"</c>.</summary>
    public string Labels => Error is null ? $"model=\"{Model}\"" : $"model=\"{Model}\",error=\"{Error}\"";

    public static MetricKey Of(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? model = null, error = null;
        foreach (var (name, value) in tags)
        {
            if (name == "model") model = value as string;
            else error = value as string;
        }

        return new MetricKey(instrument, model, error);
    }
}
