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
        var faults = Projects.SelectMany(
            project => References(project).Except(table[project]).Select(other => $"{project} refers to {other}, which ARCHITECTURE.md does not allow it."));

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        // given
        var solution = XDocument.Load(Repository.At("Gradus.slnx")).Descendants("Project").Select(static project => project.Attribute("Path")!.Value);

        // when
        var files = new[] { "src", "tests", "bench" }.SelectMany(
            static folder => Directory.EnumerateFiles(Repository.At(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(static file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

        // then
        Assert.Equal(files.Order(StringComparer.Ordinal), solution.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Repository.At($"src/{project}/{project}.csproj")).Descendants("ProjectReference")
            .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    /// <summary>The table of ARCHITECTURE.md: <c>| Gradus.Nn | Gradus |</c>; "nothing of ours" and "everything above" are words of it.</summary>
    private static Dictionary<string, HashSet<string>> Table()
    {
        var table = new Dictionary<string, HashSet<string>>();
        var lines = File.ReadLines(Repository.At("ARCHITECTURE.md"))
            .SkipWhile(static line => line != "## Who may import whom").Skip(1).TakeWhile(static line => !line.StartsWith("## "));
        foreach (var line in lines)
        {
            if (line.Split('|', StringSplitOptions.TrimEntries) is not ["", ['G', ..] project, var imports, ""]) continue;
            table.Add(project, imports switch
            {
                "nothing of ours" => [],
                "everything above" => [.. table.Keys],
                _ => [.. imports.Split(", ")],
            });
        }

        return table;
    }
}
