using System.Globalization;
using System.Text.Json;

namespace Gradus.Training;

/// <summary>Timelines as a file for viewers of traces, such as Perfetto and that of Chromium (chrome://tracing).</summary>
/// <remarks>Source: "Trace Event Format", the Chromium project: complete events ("X"), times in microseconds.</remarks>
public static class TimelineTrace
{
    private const double Microseconds = 1e6;

    // The exchanges are a track of their own, below what is computed.
    private const int Computed = 0, Sent = 1;

    /// <summary>Writes the spans of processes, one below the other.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="processes">The spans of each.</param>
    public static void Write(Stream stream, IReadOnlyList<IReadOnlyList<TimelineSpan>> processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartArray("traceEvents");
        for (var rank = 0; rank < processes.Count; rank++)
        {
            WriteName(json, "process_name", rank, Computed, FormattableString.Invariant($"rank {rank}"));
            WriteName(json, "thread_name", rank, Computed, "passes");
            WriteName(json, "thread_name", rank, Sent, "exchanges");
            foreach (var span in processes[rank]) WriteSpan(json, rank, span);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter json, string what, int rank, int track, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", what);
        json.WriteString("ph", "M");
        json.WriteNumber("pid", rank);
        json.WriteNumber("tid", track);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, int rank, TimelineSpan span)
    {
        json.WriteStartObject();
        json.WriteString("name", string.Create(CultureInfo.InvariantCulture, $"{span.Kind.ToString().ToLowerInvariant()} {span.Index}"));
        json.WriteString("ph", "X");
        json.WriteNumber("pid", rank);
        json.WriteNumber("tid", span.Kind == TimelineKind.Exchange ? Sent : Computed);
        json.WriteNumber("ts", span.Start * Microseconds);
        json.WriteNumber("dur", span.Seconds * Microseconds);
        json.WriteStartObject("args");
        json.WriteNumber("step", span.Step);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
