namespace Gradus.Onnx.Tests;

/// <summary>The cases of ONNX's own tests and of PyTorch's exports.</summary>
internal static class OnnxCases
{
    /// <summary>ONNX's tests of its newest operators.</summary>
    public static IReadOnlyList<OnnxCase> Newest()
    {
        var root = Path.Combine(OnnxArchive.Unpack("node-tests"), "onnx-tests");
        return [.. Rows(root).Select(row => Of(root, row[0], row[1], row[2], row[6]))];
    }

    /// <summary>ONNX's tests of older versions of operators.</summary>
    public static IReadOnlyList<OnnxCase> Older()
    {
        var root = Path.Combine(OnnxArchive.Unpack("node-tests-older-opsets"), "onnx-tests-older");
        return [.. Rows(root).Select(row => Of(root, "", row[0], row[1], row[6]))];
    }

    /// <summary>Networks that PyTorch exported.</summary>
    public static IReadOnlyList<OnnxCase> Exports()
    {
        var root = Path.Combine(OnnxArchive.Unpack("pytorch-exports"), "torch-export");
        return [.. Directory.GetFiles(root, "model.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static path =>
        {
            var folder = Path.GetDirectoryName(path)!;
            return new OnnxCase(Path.GetFileName(Path.GetDirectoryName(folder)!), Path.GetFileName(folder), "", "core", path, Data(folder));
        })];
    }

    private static IEnumerable<string[]> Rows(string root) => File.ReadLines(Path.Combine(root, "index.tsv")).Skip(1).Select(static line => line.Split('\t'));

    private static OnnxCase Of(string root, string group, string name, string @operator, string scope)
    {
        var folder = Path.Combine(root, group, name);
        // The group light keeps its models side by side, with their outputs.
        return Directory.Exists(folder)
            ? new OnnxCase(group, name, @operator, scope, Path.Combine(folder, "model.onnx"), Data(folder))
            : new OnnxCase(group, name, @operator, scope, Path.Combine(root, group, name + ".onnx"), Path.Combine(root, group));
    }

    private static string Data(string folder) => Path.Combine(folder, "test_data_set_0") is var data && Directory.Exists(data) ? data : folder;
}
