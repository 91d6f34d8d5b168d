using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>The folder of a training run: model.safetensors, config.json, events.jsonl. A run that fails takes back what it wrote.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly string _directory;
    private readonly bool _isNew;
    private readonly StreamWriter _events;
    private readonly string _eventsTemporary;
    private bool _isKept;

    private RunFolder(string directory, bool isNew)
    {
        _directory = directory;
        _isNew = isNew;
        _eventsTemporary = Path.Combine(directory, "events.jsonl.partial");
        _events = new StreamWriter(_eventsTemporary);
    }

    public string ModelPath => Path.Combine(_directory, "model.safetensors");

    /// <summary>The folder that the user names, or a fresh one under runs/.</summary>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public static RunFolder Create(string? directory, string name)
    {
        try
        {
            var isNew = directory is null || !Directory.Exists(directory);
            directory ??= Fresh(name);
            Directory.CreateDirectory(directory);
            return new RunFolder(directory, isNew);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"{directory}: cannot be written to: {exception.Message} Name another folder with --out.", exception);
        }
    }

    /// <summary>Notes an event.</summary>
    public void Write(TrainingEvent happened)
    {
        if (JsonLine.Of(happened, ModelPath) is not { } line) return;
        _events.WriteLine(line);
        _events.Flush();
    }

    /// <summary>Writes the model and the settings, and keeps the folder.</summary>
    public void Keep(TrainedModel model, string config)
    {
        model.Save(ModelPath);
        WriteWhole(Path.Combine(_directory, "config.json"), config);
        _events.Dispose();
        File.Move(_eventsTemporary, Path.Combine(_directory, "events.jsonl"), overwrite: true);
        _isKept = true;
    }

    public void Dispose()
    {
        if (_isKept) return;
        _events.Dispose();
        File.Delete(_eventsTemporary);
        if (_isNew && !Directory.EnumerateFileSystemEntries(_directory).Any()) Directory.Delete(_directory);
    }

    private static string Fresh(string name)
    {
        for (var number = 1; ; number++)
        {
            var directory = Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{number:000}"));
            if (!Directory.Exists(directory) && !File.Exists(directory)) return directory;
        }
    }

    private static void WriteWhole(string path, string text)
    {
        File.WriteAllText(path + ".partial", text);
        File.Move(path + ".partial", path, overwrite: true);
    }
}
