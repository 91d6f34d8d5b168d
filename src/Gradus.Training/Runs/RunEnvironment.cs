using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gradus.Formats;

namespace Gradus.Training;

/// <summary>Where a run was computed: <c>environment.json</c> in its folder. It names no user, no host and no path.</summary>
/// <remarks>The bits of a run follow from its recipe alone; its time follows from this.</remarks>
public sealed record RunEnvironment
{
    internal const string FileName = "environment.json";
    private const int CurrentVersion = 1;

    /// <summary>The version of the form: 1.</summary>
    public required int Version { get; init; }

    /// <summary>The version of Gradus.</summary>
    public required string Gradus { get; init; }

    /// <summary>The runtime: <c>.NET 10.0.1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system, with its version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The instruction set of the process: <c>x64</c>, <c>arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The name of the processor; null where the system does not tell it.</summary>
    public string? Processor { get; init; }

    /// <summary>Number of processor cores that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Number of threads that Gradus computes with.</summary>
    public required int Threads { get; init; }

    /// <summary>The width of the vectors it computed with, in bits, as <see cref="Compute.VectorBits"/> tells; null in older records.</summary>
    public int? VectorBits { get; init; }

    /// <summary>Whether it had fused multiply-adds, as <see cref="Compute.HasFusedMultiplyAdd"/> tells; null in older records.</summary>
    public bool? HasFusedMultiplyAdd { get; init; }

    /// <summary>The environment of this process.</summary>
    public static RunEnvironment Capture() => new()
    {
        Version = CurrentVersion,
        Gradus = typeof(Tensor).Assembly.GetName().Version!.ToString(3),
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        Processor = ProcessorName(),
        Cores = Environment.ProcessorCount,
        Threads = Compute.Threads,
        VectorBits = Compute.VectorBits,
        HasFusedMultiplyAdd = Compute.HasFusedMultiplyAdd,
    };

    /// <summary>The environment that a run was begun in; null where its folder does not tell.</summary>
    /// <param name="directory">The folder of the run.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or of another version.</exception>
    public static RunEnvironment? Read(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllText(path), RunEnvironmentJson.Default.RunEnvironment)
                ?? throw new JsonException("it is empty");
            return read.Version == CurrentVersion ? read
                : throw new InvalidDataException($"{path}: it has version {read.Version}; this Gradus reads version {CurrentVersion}.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: it cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the environment into the folder of a run.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Write(string directory) =>
        AtomicFile.WriteText(Path.Combine(directory, FileName), JsonSerializer.Serialize(this, RunEnvironmentJson.Default.RunEnvironment) + "\n");

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(RunEnvironment), PrintMembers);

    private static string? ProcessorName()
    {
        try
        {
            if (System.OperatingSystem.IsWindows()) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
            // Linux; other systems have no such file.
            return File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':', 2)[^1].Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunEnvironment))]
internal sealed partial class RunEnvironmentJson : JsonSerializerContext;
