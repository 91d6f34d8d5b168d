namespace Gradus.Data;

/// <summary>A picture of a folder.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Name">Its path from the folder, with slashes.</param>
/// <param name="Label">Its class; −1 for none.</param>
internal readonly record struct PictureEntry(string Path, string Name, int Label);

/// <summary>Lists the pictures of a folder and their classes, the same way on every machine.</summary>
internal static class PictureListing
{
    /// <summary>The file of labels that is taken where none is named.</summary>
    public const string LabelFile = "labels.csv";

    /// <summary>The pictures of a folder, and its classes; null where it has none.</summary>
    /// <exception cref="IOException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There is no picture, or the labels do not fit.</exception>
    public static (PictureEntry[] Entries, IReadOnlyList<string>? ClassNames) Of(string directory, PictureOptions options, bool isLabeled)
    {
        if (File.Exists(directory)) return ([new PictureEntry(directory, Path.GetFileName(directory), -1)], null);
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"{directory}: no such folder. Expected one with pictures.");
        if (!isLabeled) return (NotEmpty(directory, Unlabeled(directory, recursive: true)), null);
        if (options.Labels is not null || File.Exists(Path.Combine(directory, LabelFile)))
        {
            var path = Path.Combine(directory, options.Labels ?? LabelFile);
            return Labeled(directory, PictureLabels.Read(directory, path), options, path);
        }

        var folders = Folders(directory);
        var labeled = folders.SelectMany(folder => Unlabeled(Path.Combine(directory, folder), recursive: true)
            .Select(picture => (picture.Path, $"{folder}/{picture.Name}", folder))).ToList();
        return labeled.Count == 0
            ? (NotEmpty(directory, Unlabeled(directory, recursive: false)), null)
            : Labeled(directory, labeled, options, directory);
    }

    /// <summary>The names of the folders in a folder, those that begin with a dot left out, in ordinal order.</summary>
    public static string[] Folders(string directory) =>
        [.. Directory.EnumerateDirectories(directory).Select(static folder => Path.GetFileName(folder))
            .Where(static name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    private static (PictureEntry[] Entries, IReadOnlyList<string> ClassNames) Labeled(
        string directory, IReadOnlyList<(string Path, string Name, string Class)> pictures, PictureOptions options, string source)
    {
        IReadOnlyList<string> names = options.ClassNames
            ?? [.. pictures.Select(static picture => picture.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var label = 0; label < names.Count; label++) numbers.TryAdd(names[label], label);
        return (NotEmpty(directory, pictures.Select(Entry)), names);

        PictureEntry Entry((string Path, string Name, string Class) picture) => numbers.TryGetValue(picture.Class, out var number)
            ? new PictureEntry(picture.Path, picture.Name, number)
            : throw new InvalidDataException(
                $"{source}: the class '{PlainText.Quote(picture.Class)}' of {picture.Name} is none of those expected: {PlainText.QuoteAll(names, 100)}.");
    }

    private static PictureEntry[] NotEmpty(string directory, IEnumerable<PictureEntry> pictures)
    {
        PictureEntry[] all = [.. pictures];
        return all.Length > 0 ? all : throw new InvalidDataException($"{directory}: there is no picture: no {string.Join(", ", BitmapFile.Extensions)} file.");
    }

    private static IEnumerable<PictureEntry> Unlabeled(string directory, bool recursive)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = recursive, AttributesToSkip = FileAttributes.System, IgnoreInaccessible = false };
        return Directory.EnumerateFiles(directory, "*", options)
            .Where(static path => BitmapFile.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Select(path => new PictureEntry(path, Path.GetRelativePath(directory, path).Replace('\\', '/'), -1))
            .Where(static picture => !picture.Name.Split('/').Any(static part => part.StartsWith('.')))
            .OrderBy(static picture => picture.Name, StringComparer.Ordinal);
    }
}
