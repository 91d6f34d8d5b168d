using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gradus.Formats;

namespace Gradus.Training;

/// <summary>A training state in a file: safetensors, with a checksum for each tensor and for the header, which holds the counters.</summary>
public static class Checkpoint
{
    private const string MetadataKey = "gradus.checkpoint", Suffix = ".safetensors", Prefix = "step-";

    /// <summary>Writes a state: to a file beside its place, to the disk itself, and then renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The state.</param>
    /// <param name="eventsLength">The bytes of the run's events that belong to it. Default: 0.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there before is as it was.</exception>
    public static void Write(string path, TrainingState state, long eventsLength = 0)
    {
        ArgumentNullException.ThrowIfNull(state);
        var record = new CheckpointRecord(1, eventsLength, state.Progress);
        var json = JsonSerializer.Serialize(record, CheckpointJson.Default.CheckpointRecord);
        SafeTensorsFile.Write(path, state.Tensors, new Dictionary<string, string> { [MetadataKey] = json });
    }

    /// <summary>Reads a state.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The state, and the bytes of the run's events that belong to it.</returns>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no checkpoint.</exception>
    public static (TrainingState State, long EventsLength) Read(string path)
    {
        var contents = SafeTensorsFile.Read(path);
        if (!contents.Metadata.TryGetValue(MetadataKey, out var json))
        {
            throw new InvalidDataException($"{path}: these are tensors, but no checkpoint: there is no '{MetadataKey}' in its metadata.");
        }

        if (!contents.HasChecksums) throw new InvalidDataException($"{path}: this checkpoint has no checksums; nobody can say whether it is whole.");
        try
        {
            var record = JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointRecord) ?? throw new JsonException("it is empty");
            if (record.Version != 1) throw new InvalidDataException($"{path}: this checkpoint has version {record.Version}; this Gradus reads version 1.");
            return (new TrainingState(contents.Tensors, record.Progress), record.Events);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: the checkpoint's counters cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The name of a checkpoint's file.</summary>
    internal static string NameOf(long step) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:000000000}{Suffix}");

    /// <summary>The step of a checkpoint, by the name of its file; -1 for another file.</summary>
    internal static long StepOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1;

    /// <summary>The checkpoints in a folder, the newest first.</summary>
    internal static string[] In(string directory) => !Directory.Exists(directory) ? []
        : [.. Directory.GetFiles(directory, $"{Prefix}*{Suffix}").Where(static path => StepOf(path) >= 0).OrderByDescending(StepOf)];
}

/// <summary>What a checkpoint holds beside its tensors.</summary>
/// <param name="Version">The version of the form.</param>
/// <param name="Events">The bytes of the run's events that belong to it.</param>
/// <param name="Progress">The counters.</param>
internal sealed record CheckpointRecord(int Version, long Events, TrainingProgress Progress);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CheckpointRecord))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
