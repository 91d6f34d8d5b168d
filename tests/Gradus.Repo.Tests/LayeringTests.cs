using System.Xml.Linq;

namespace Gradus.Repo.Tests;

public class LayeringTests
{
    private static string[] Projects =>
        [.. Directory.GetDirectories(Repository.At("src")).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_project_has_a_row_in_the_table_and_every_row_a_project() => Assert.Equal(Projects, Table().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_project_refers_only_to_those_in_its_row()
    {
        // given
        var table = Table();

        // when
        var faults = Projects.SelectMany(project => References(project).Except(table[project].Imports)
            .Select(other => $"{project} refers to {other}, which ARCHITECTURE.md does not allow it."));

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void A_project_opens_its_internals_to_those_whose_rows_say_so()
    {
        // given
        var table = Table();

        // when
        var faults = Projects.SelectMany(project =>
        {
            var (said, open) = (Projects.Where(other => table[other].Internals.Contains(project)).ToArray(), Friends(project).Intersect(Projects).ToArray());
            return open.Except(said).Select(other => $"{project} opens its internals to {other}, whose row in ARCHITECTURE.md does not say so.")
                .Concat(said.Except(open).Select(other => $"{other} uses internals of {project}, says ARCHITECTURE.md, but they are not open to it."));
        });

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void Beside_the_projects_of_the_table_internals_are_open_to_tests_and_those_of_the_kernels_to_their_benchmarks()
    {
        // given
        var tests = Directory.EnumerateFiles(Repository.At("tests"), "*.?sproj", SearchOption.AllDirectories)
            .Select(static file => Path.GetFileNameWithoutExtension(file));

        // when
        var others = Projects.SelectMany(project => Friends(project).Except(Projects).Except(tests).Select(friend => (project, friend)));

        // then
        Assert.Equal([("Gradus.Kernels", "Gradus.Benchmarks")], others);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        // given
        var solution = XDocument.Load(Repository.At("Gradus.slnx")).Descendants("Project").Select(static project => project.Attribute("Path")!.Value);

        // when
        var files = new[] { "src", "tests", "bench" }
            .SelectMany(static folder => Directory.EnumerateFiles(Repository.At(folder), "*.?sproj", SearchOption.AllDirectories))
            .Select(static file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

        // then: but for the one that needs what only browsers do
        files = files.Where(static file => !file.EndsWith("Gradus.Studio.Browser.csproj", StringComparison.Ordinal));
        Assert.Equal(files.Order(StringComparer.Ordinal), solution.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> References(string project) =>
        Includes(project, "ProjectReference").Select(static path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>The projects that may use a project's internals.</summary>
    private static IEnumerable<string> Friends(string project) => Includes(project, "InternalsVisibleTo");

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Directory.GetFiles(Repository.At($"src/{project}"), "*.?sproj").Single()).Descendants(item)
            .Select(static element => element.Attribute("Include")!.Value);

    /// <summary>The table of ARCHITECTURE.md: <c>| Gradus.Nn | Gradus | Gradus |</c>; "nothing of ours" are words of it.</summary>
    private static Dictionary<string, (HashSet<string> Imports, HashSet<string> Internals)> Table()
    {
        var table = new Dictionary<string, (HashSet<string>, HashSet<string>)>();
        var lines = File.ReadLines(Repository.At("ARCHITECTURE.md"))
            .SkipWhile(static line => line != "## Who may import whom").Skip(1).TakeWhile(static line => !line.StartsWith("## "));
        foreach (var line in lines)
        {
            if (line.Split('|', StringSplitOptions.TrimEntries) is not ["", ['G', ..] project, var imports, var internals, ""]) continue;
            table.Add(project, (Names(imports), Names(internals)));
        }

        return table;

        static HashSet<string> Names(string cell) => cell == "nothing of ours" ? [] : [.. cell.Split(", ")];
    }
}
