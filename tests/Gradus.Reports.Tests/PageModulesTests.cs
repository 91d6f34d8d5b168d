using System.Text.RegularExpressions;
using Gradus.Graphs;

namespace Gradus.Reports.Tests;

/// <summary>The modules of the page. In a browser they are one script, which would not miss an import.</summary>
public partial class PageModulesTests
{
    private static readonly Dictionary<string, string> Modules =
        PageScript.Order("report.js", ReportPage.Read).ToDictionary(static name => name, ReportPage.Read);

    [Fact]
    public void Every_module_of_the_folder_is_part_of_the_page() =>
        Assert.Empty(typeof(ReportPage).Assembly.GetManifestResourceNames().Where(static name => name.EndsWith(".js", StringComparison.Ordinal))
            .Except(Modules.Keys));

    [Fact]
    public void What_a_module_imports_the_other_exports_and_it_uses_it()
    {
        // when
        var faults = Modules.SelectMany(static module => PageScript.Imports(module.Value).SelectMany(import => import.Names
            .Where(name => !Exported(Modules[import.Module]).Contains(name) || Regex.Count(module.Value, $@"(?<![.\w]){name}\b") < 2)
            .Select(name => $"{module.Key} imports {name} of {import.Module}")));

        // then
        Assert.Empty(faults);
    }

    [Fact]
    public void What_a_module_uses_of_another_it_imports()
    {
        // when
        var faults = Modules.SelectMany(static module => Modules.Where(other => other.Key != module.Key).SelectMany(other => Exported(other.Value)
            .Where(name => Regex.IsMatch(module.Value, $@"(?<![.\w'""`]){name}\(")
                && !PageScript.Imports(module.Value).Any(import => import.Names.Contains(name)) && !Regex.IsMatch(module.Value, $@"(const|function) {name}\b"))
            .Select(name => $"{module.Key} uses {name} of {other.Key}")));

        // then
        Assert.Empty(faults);
    }

    [Fact]
    public void A_name_is_declared_once_for_the_page_has_them_all_in_one_script() =>
        Assert.DoesNotContain(
            Modules.Values.SelectMany(static text => Declaration.Matches(text).SelectMany(NamesOf)).CountBy(static name => name),
            static count => count.Value > 1);

    private static string[] Exported(string text) => [.. Declaration.Matches(text).Where(static match => match.Groups["export"].Success).SelectMany(NamesOf)];

    private static string[] NamesOf(Match match) => match.Groups["names"].Value.Trim('{', '}', '[', ']', ' ').Split(", ");

    [GeneratedRegex(@"^(?<export>export )?(?:const|let|var|function|class) (?<names>\w+|\{[^}]*\}|\[[^\]]*\])", RegexOptions.Multiline)]
    private static partial Regex Declaration { get; }
}
