namespace Gradus.Data;

/// <summary>The folders of a set of pictures that is split already.</summary>
/// <param name="Train">The folder <c>train</c>.</param>
/// <param name="Valid">The folder <c>valid</c>, <c>val</c> or <c>validation</c>; null where there is none.</param>
/// <param name="Test">The folder <c>test</c>; null where there is none.</param>
internal sealed record PictureParts(string Train, string? Valid, string? Test)
{
    private static readonly string[] Validation = ["valid", "val", "validation"];

    /// <summary>The parts of a folder: where it holds <c>train</c>, with folders or labels in it, and nothing but parts; else null.</summary>
    public static PictureParts? Find(string directory)
    {
        if (!Directory.Exists(directory)) return null;
        var folders = PictureListing.Folders(directory);
        var train = Path.Combine(directory, "train");
        if (!folders.Contains("train") || folders.Any(static name => name is not ("train" or "test") && !Validation.Contains(name))) return null;
        if (PictureListing.Folders(train).Length == 0 && !File.Exists(Path.Combine(train, PictureListing.LabelFile))) return null;
        var valid = folders.FirstOrDefault(static name => Validation.Contains(name));
        var test = folders.Contains("test") ? Path.Combine(directory, "test") : null;
        return new PictureParts(train, valid is null ? null : Path.Combine(directory, valid), test);
    }
}
