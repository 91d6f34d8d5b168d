namespace Gradus.Text.Tests;

/// <summary>Real data beside the repository: too large, and not ours, to be part of it.</summary>
internal static class SharedData
{
    /// <summary>The path of a file or folder of real data; skips the test where it is missing.</summary>
    public static string Find(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gradus.slnx"))) folder = folder.Parent;
        var path = Path.Combine([folder?.Parent?.FullName ?? "", "shared", "data", .. parts]);
        if (!Path.Exists(path)) Assert.Skip($"The real data {string.Join('/', parts)} is not on this machine.");
        return path;
    }
}
