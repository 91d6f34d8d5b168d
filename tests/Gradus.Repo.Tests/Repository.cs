namespace Gradus.Repo.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>The path of real data beside the repository, too large, and not ours, to be part of it; skips the test where they are missing.</summary>
    public static string SharedData(params string[] parts)
    {
        var path = Path.Combine([Path.GetDirectoryName(Root)!, "shared", "data", .. parts]);
        if (!Path.Exists(path)) Assert.Skip($"The real data {string.Join('/', parts)} is not on this machine.");
        return path;
    }

    /// <summary>The C# files below a folder, as paths from the root with forward slashes.</summary>
    public static string[] Sources(string folder) => Directory.Exists(At(folder))
        ? [.. Directory.EnumerateFiles(At(folder), "*.cs", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Fails with all of the faults, a line each.</summary>
    public static void AssertNone(IEnumerable<string> faults)
    {
        var all = string.Join('\n', faults);
        if (all.Length > 0) Assert.Fail(all);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gradus.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"Gradus.slnx stands in no folder above {AppContext.BaseDirectory}.");
    }
}
