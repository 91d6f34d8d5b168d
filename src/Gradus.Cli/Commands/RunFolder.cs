using System.Globalization;
using System.Text;
using Gradus.Formats;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>
/// The folder of a training run: model.safetensors, config.json, events.jsonl, and of an autoencoder reconstructions.png. A run that fails takes back what
/// it wrote.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Unfinished = "events.jsonl.partial";
    private const string Model = "model.safetensors";
    private const string Picture = "reconstructions.png";
    private const string Settings = "config.json";
    private const string Events = "events.jsonl";

    private static readonly string[] Names = [Model, Settings, Events, Picture];

    private readonly string _directory;
    private readonly IReadOnlyList<string> _made;
    private readonly FileStream _events;
    private bool _isKept;

    private RunFolder(string directory, IReadOnlyList<string> made)
    {
        _directory = directory;
        _made = made;
        // Those of a run that was killed; those of a run that goes on are locked.
        StagedFile.RemoveUnlocked(EventsPath);
        // Made anew, so that a link is not followed, and not shared: two runs must not write to one folder. Unbuffered: what could not be written is not tried
        // again.
        _events = new FileStream(EventsPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    public string ModelPath => Path.Combine(_directory, Model);

    private string PicturePath => Path.Combine(_directory, Picture);

    private string ConfigPath => Path.Combine(_directory, Settings);

    private string KeptEventsPath => Path.Combine(_directory, Events);

    private string EventsPath => Path.Combine(_directory, Unfinished);

    /// <summary>The folder that the user names, or a fresh one under runs/.</summary>
    /// <param name="directory">The folder; null for a fresh one.</param>
    /// <param name="name">What a fresh one is called after.</param>
    /// <param name="overwrite">Whether a run that is there may be replaced.</param>
    /// <exception cref="IOException">It cannot be written to, or holds a run already.</exception>
    public static RunFolder Create(string? directory, string name, bool overwrite)
    {
        if (directory is null) return Fresh(name);
        if (!overwrite && Names.FirstOrDefault(file => Path.Exists(Path.Combine(directory, file))) is { } there)
            throw new IOException($"{directory}: there is a run in it already ({there}). Name another folder with --out, or add --overwrite.");
        return Open(directory);
    }

    /// <summary>Notes an event.</summary>
    public void Write(string line) => _events.Write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Writes the model, the settings and the picture if there is one, and keeps the folder.</summary>
    /// <remarks>
    /// All is on the disk before anything changes. Then what an earlier run has left beside its model goes first, and the settings come last: a process that is
    /// killed in between leaves a model without settings, and never one beside those of another run.
    /// </remarks>
    public void Keep(TrainedModel model, string config, byte[]? picture)
    {
        using var savedModel = StagedFile.Write(ModelPath, model.Save);
        using var savedPicture = picture is null ? null : StagedFile.Write(PicturePath, stream => stream.Write(picture));
        using var savedConfig = StagedFile.Write(ConfigPath, stream => stream.Write(Encoding.UTF8.GetBytes(config + "\n")));
        _events.Dispose();
        File.Delete(ConfigPath);
        File.Delete(KeptEventsPath);
        File.Delete(PicturePath);
        savedModel.Commit();
        savedPicture?.Commit();
        File.Move(EventsPath, KeptEventsPath, overwrite: true);
        savedConfig.Commit();
        _isKept = true;
    }

    public void Dispose()
    {
        if (_isKept) return;
        _events.Dispose();
        File.Delete(EventsPath);
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
                return Open(directory);
            }
            catch (IOException) when (Path.Exists(Path.Combine(directory, Unfinished)))
            {
                // Another run that began at the same moment was first.
            }
        }
    }

    private static RunFolder Open(string directory)
    {
        var made = new List<string>();
        try
        {
            for (var folder = Path.GetFullPath(directory); folder is not null && !Path.Exists(folder); folder = Path.GetDirectoryName(folder)) made.Add(folder);
            Directory.CreateDirectory(directory);
            return new RunFolder(directory, made);
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
