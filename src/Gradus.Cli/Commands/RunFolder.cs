using System.Globalization;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>The folder of a training run: model.safetensors, config.json, events.jsonl, and of an autoencoder reconstructions.png. A run that fails takes back what it wrote.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string Unfinished = "events.jsonl.partial";

    private readonly string _directory;
    private readonly IReadOnlyList<string> _made;
    private readonly StreamWriter _events;
    private bool _isKept;

    private RunFolder(string directory, IReadOnlyList<string> made, FileMode mode)
    {
        _directory = directory;
        _made = made;
        // Not shared: two runs must not write to one folder.
        _events = new StreamWriter(new FileStream(EventsPath, mode, FileAccess.Write, FileShare.None));
    }

    public string ModelPath => Path.Combine(_directory, "model.safetensors");

    /// <summary>Where an autoencoder's pictures go.</summary>
    public string PicturePath => Path.Combine(_directory, "reconstructions.png");

    private string ConfigPath => Path.Combine(_directory, "config.json");

    private string EventsPath => Path.Combine(_directory, Unfinished);

    /// <summary>The folder that the user names, or a fresh one under runs/.</summary>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public static RunFolder Create(string? directory, string name) => directory is null ? Fresh(name) : Open(directory, FileMode.Create);

    /// <summary>Notes an event.</summary>
    public void Write(string line)
    {
        _events.WriteLine(line);
        _events.Flush();
    }

    /// <summary>Writes the model and the settings, and keeps the folder.</summary>
    public void Keep(TrainedModel model, string config)
    {
        File.WriteAllText(ConfigPath + ".partial", config + "\n");
        model.Save(ModelPath);
        _events.Dispose();
        File.Move(EventsPath, Path.Combine(_directory, "events.jsonl"), overwrite: true);
        File.Move(ConfigPath + ".partial", ConfigPath, overwrite: true);
        _isKept = true;
    }

    public void Dispose()
    {
        if (_isKept) return;
        _events.Dispose();
        File.Delete(EventsPath);
        File.Delete(ConfigPath + ".partial");
        RemoveEmpty(_made);
    }

    private static RunFolder Fresh(string name)
    {
        for (var number = 1; ; number++)
        {
            var directory = Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{number:000}"));
            if (Path.Exists(directory)) continue;
            try
            {
                return Open(directory, FileMode.CreateNew);
            }
            catch (IOException) when (Path.Exists(Path.Combine(directory, Unfinished)))
            {
                // Another run that began at the same moment was first.
            }
        }
    }

    private static RunFolder Open(string directory, FileMode mode)
    {
        var made = new List<string>();
        try
        {
            for (var folder = Path.GetFullPath(directory); folder is not null && !Path.Exists(folder); folder = Path.GetDirectoryName(folder)) made.Add(folder);
            Directory.CreateDirectory(directory);
            return new RunFolder(directory, made, mode);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            RemoveEmpty(made);
            throw new IOException($"{directory}: cannot be written to: {exception.Message} Name another folder with --out.", exception);
        }
    }

    // Innermost first, as they were listed; what others have put files into stays.
    private static void RemoveEmpty(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders)
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
    }
}
