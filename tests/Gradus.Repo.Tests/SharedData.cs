namespace Gradus.Repo.Tests;

/// <summary>Real data beside the repository: too large, and not ours, to be part of it.</summary>
internal static class SharedData
{
    /// <summary>The path of a file or folder of real data; skips the test where it is missing.</summary>
    public static string Find(params string[] parts)
    {
        var path = Path.Combine([Path.GetDirectoryName(Repository.Root) ?? "", "shared", "data", .. parts]);
        if (!Path.Exists(path)) Assert.Skip($"The real data {string.Join('/', parts)} is not on this machine.");
        return path;
    }
}
