using System.Text.Json;

namespace Gradus.Packaging.Tests;

/// <summary>A folder with all packages, and a user who has nothing else: an empty home, and no other place that packages come from.</summary>
public sealed class Feed : IDisposable
{
    private readonly Lazy<string> _templates;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-packages-");

    public Feed()
    {
        _templates = new(() => Dotnet(Work, "new", "install", "Gradus.Templates"));
        if (OperatingSystem.IsWindows()) return;
        Environment = new()
        {
            ["HOME"] = Folder("home"),
            ["DOTNET_CLI_HOME"] = Folder("home"),
            ["NUGET_PACKAGES"] = Folder("packages"),
        };
        Work = Folder("work");
        File.WriteAllText(Path.Combine(Work, "NuGet.config"), $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{Packages}" /></packageSources>
            </configuration>
            """);
        Command.Run(Repository.Root, new Dictionary<string, string>(), "bash", Repository.At("eng/pack"), Packages, "--no-build");
        CopyOthers();
    }

    /// <summary>The folder with the packages.</summary>
    public string Packages => Folder("feed");

    /// <summary>The folder in which the user works.</summary>
    public string Work { get; } = "";

    /// <summary>The environment of the user.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Runs the SDK as the user.</summary>
    public string Dotnet(string folder, params string[] args) => Command.Run(folder, Environment, "dotnet", args);

    /// <summary>Makes a program from a template of the package, which is installed once.</summary>
    /// <returns>The program's folder.</returns>
    public string Make(string template, string name)
    {
        _ = _templates.Value;
        Dotnet(Work, "new", template, "--name", name);
        return Path.Combine(Work, name);
    }

    /// <summary>The packages of others, which such a user needs in the feed too, from where the restore of this repository has put them.</summary>
    private void CopyOthers()
    {
        var cache = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        using var locked = JsonDocument.Parse(File.ReadAllText(Repository.At("src/Gradus.Training/packages.lock.json")));
        foreach (var package in locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject())
        {
            if (!package.Value.TryGetProperty("resolved", out var version)) continue;
            var (id, file) = (package.Name.ToLowerInvariant(), $"{package.Name}.{version}.nupkg".ToLowerInvariant());
            File.Copy(Path.Combine(cache, id, version.GetString()!, file), Path.Combine(Packages, file));
        }
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;
}
