namespace Gradus.Onnx.Tests.Export;

/// <summary>A folder for the files of one test, gone at its end.</summary>
internal sealed class ExportFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("gradus-onnx-").FullName;

    /// <summary>The files in it, by name.</summary>
    public string[] Files => [.. Directory.EnumerateFiles(_path).Select(static file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>The path of a file in it.</summary>
    public string At(string name) => Path.Combine(_path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_path, recursive: true);
}
