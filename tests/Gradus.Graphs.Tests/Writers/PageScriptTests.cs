using System.Text.RegularExpressions;

namespace Gradus.Graphs.Tests;

/// <summary>The modules of the page. In a browser they are one script, which would not miss an import.</summary>
public partial class PageScriptTests
{
    private static readonly Dictionary<string, string> Modules = typeof(HtmlPage).Assembly.GetManifestResourceNames()
        .Where(static name => name.EndsWith(".js", StringComparison.Ordinal)).ToDictionary(static name => name, HtmlPage.Read);

    [Fact]
    public void All_modules_are_part_of_the_page_each_after_those_that_it_imports()
    {
        // when
        var order = PageScript.Order("main.js", HtmlPage.Read);
        var within = PageScript.Order("within.js", HtmlPage.Read);

        // then
        Assert.Equal(Modules.Keys.Order(), order.Union(within).Order());
        var early = order.SelectMany((module, place) => PageScript.Imports(Modules[module]).Where(import => !order.Take(place).Contains(import.Module)));
        Assert.Empty(early);
    }

    [Fact]
    public void What_a_module_imports_the_other_exports_and_what_it_exports_another_imports()
    {
        // given
        var exported = Modules.SelectMany(static module => Declared(module.Value)
            .Where(static name => name.IsExported).Select(name => $"{name.Name} of {module.Key}"));

        // when
        var imported = Modules.Values.SelectMany(PageScript.Imports).SelectMany(static import => import.Names.Select(name => $"{name} of {import.Module}"));

        // then
        Assert.Equal(exported.Order(), imported.Distinct().Order());
    }

    [Fact]
    public void A_module_uses_what_it_imports()
    {
        // when
        var unused = Modules.Values.SelectMany(static text => PageScript.Imports(text).SelectMany(static import => import.Names)
            .Where(name => Regex.Count(text, $@"(?<![.\w]){name}\b") < 2));

        // then
        Assert.Empty(unused);
    }

    [Fact]
    public void Of_all_modules_only_the_state_changes_and_only_by_its_own_functions()
    {
        // when
        var changing = Modules.Keys.Where(static module => Declared(Modules[module]).Any(static name => name.Kind is "let" or "var"));
        var assigned = Modules.Values.SelectMany(static text => PageScript.Imports(text).SelectMany(static import => import.Names)
            .Where(name => Regex.IsMatch(text, $@"^ *{name} *([-+*/|&?]*=[^=>]|\+\+|--)", RegexOptions.Multiline)));

        // then
        Assert.Equal(["state.js"], changing);
        Assert.Empty(assigned);
    }

    [Fact]
    public void A_name_is_declared_once_for_the_page_has_them_all_in_one_script() =>
        Assert.DoesNotContain(Modules.Values.SelectMany(Declared).CountBy(static name => name.Name), static count => count.Value > 1);

    [Fact]
    public void The_script_holds_the_modules_in_order_without_imports_exports_and_comments()
    {
        // given
        var modules = new Dictionary<string, string>
        {
            ["main.js"] = "import { both } from \"./both.js\";\nimport {\n  one,\n} from \"./one.js\";\n\nboth(one);\n",
            ["both.js"] = "// Both.\nimport { one } from \"./one.js\";\n\nexport const both = () =>\n  // That one.\n  one;\n",
            ["one.js"] = "export let one = 1;\n",
        };

        // then
        Assert.Equal("let one = 1;\n\nconst both = () =>\none;\n\n\nboth(one);\n", PageScript.Of("main.js", name => modules[name]));
    }

    [Fact]
    public void A_circle_is_told_by_its_modules()
    {
        // given
        var modules = new Dictionary<string, string> { ["a.js"] = Import("b"), ["b.js"] = Import("c"), ["c.js"] = Import("b") };

        // then
        var fault = Assert.Throws<InvalidOperationException>(() => PageScript.Of("a.js", name => modules[name]));
        Assert.EndsWith("in a circle: a.js → b.js → c.js → b.js.", fault.Message);

        static string Import(string module) => $"import {{ x }} from \"./{module}.js\";\n";
    }

    [Fact]
    public void A_name_that_two_modules_declare_is_told()
    {
        // given
        var modules = new Dictionary<string, string>
        {
            ["a.js"] = "import { x } from \"./b.js\";\nlet y = x;\n",
            ["b.js"] = "export const x = 1;\nconst y = 2;\n",
        };

        // then
        var fault = Assert.Throws<InvalidOperationException>(() => PageScript.Of("a.js", name => modules[name]));
        Assert.EndsWith("'y' is declared by b.js and a.js.", fault.Message);
    }

    /// <summary>What a module declares outside of its functions.</summary>
    private static IEnumerable<(string Name, string Kind, bool IsExported)> Declared(string text) => Declaration.Matches(text)
        .SelectMany(static match => match.Groups["names"].Value.Trim('{', '}', '[', ']', ' ').Split(", ")
            .Select(name => (name, match.Groups["kind"].Value, match.Groups["export"].Success)));

    [GeneratedRegex(@"^(?<export>export )?(?<kind>const|let|var|function|class) (?<names>\w+|\{[^}]*\}|\[[^\]]*\])", RegexOptions.Multiline)]
    private static partial Regex Declaration { get; }
}
