using System.Xml.Linq;

namespace Gradus.Repo.Tests;

public class PackagesTests
{
    private static string[] Projects { get; } =
    [
        .. XDocument.Load(Repository.At("Gradus.slnx")).Descendants("Project").Select(static project => project.Attribute("Path")!.Value),
    ];

    [Fact]
    public void Every_project_has_its_packages_locked()
    {
        // when
        var lacking = Projects.Where(static project => !File.Exists(LockOf(project)));

        // then: `dotnet restore` writes the file of a new project
        Assert.NotEmpty(Projects);
        Repository.AssertNone(lacking.Select(static project => $"{project}: there is no packages.lock.json beside it."));
    }

    [Fact]
    public void Locks_name_packages_and_no_hosts()
    {
        // when
        var faults = Projects.Select(LockOf).Where(static file => File.ReadAllText(file).Contains("://", StringComparison.Ordinal));

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void What_every_change_must_pass_restores_nothing_else() =>
        Assert.Contains("export RestoreLockedMode=true", File.ReadAllText(Repository.At(".ci/run")));

    private static string LockOf(string project) => Path.Combine(Path.GetDirectoryName(Repository.At(project))!, "packages.lock.json");
}
