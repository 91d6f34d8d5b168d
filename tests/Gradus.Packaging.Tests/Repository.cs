namespace Gradus.Packaging.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The version of all packages.</summary>
    public static string Version { get; } =
        System.Xml.Linq.XDocument.Load(At("Directory.Build.props")).Descendants("Version").Single().Value;

    public static string At(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gradus.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"Gradus.slnx stands in no folder above {AppContext.BaseDirectory}.");
    }
}
