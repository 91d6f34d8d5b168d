using System.Text.RegularExpressions;

namespace Gradus.Graphs;

/// <summary>
/// The modules of the folder <c>Page</c> as one script, without comments and indentation: a page is one file, and a browser loads no module from beside a file.
/// </summary>
internal static partial class PageScript
{
    private const StringSplitOptions Names = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <param name="main">The module that begins.</param>
    /// <param name="read">The text of a module, by its name.</param>
    /// <exception cref="InvalidOperationException">Modules import each other in a circle, or two of them declare one name.</exception>
    public static string Of(string main, Func<string, string> read)
    {
        var order = Order(main, read);
        var names = order.SelectMany(module => Declaration.Matches(read(module)).Select(match => (Name: match.Groups["name"].Value, Module: module)));
        if (names.GroupBy(static entry => entry.Name).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            var modules = string.Join(" and ", twice.Select(static entry => entry.Module));
            throw new InvalidOperationException($"Modules of the page become one script, and '{twice.Key}' is declared by {modules}.");
        }

        return string.Join('\n', order.Select(module => Aside.Replace(Export.Replace(Import.Replace(read(module), ""), ""), "")));
    }

    /// <summary>The modules that one needs and itself, each after those that it imports.</summary>
    public static IReadOnlyList<string> Order(string main, Func<string, string> read)
    {
        var (order, way) = (new List<string>(), new List<string>());
        Add(main);
        return order;

        void Add(string module)
        {
            if (order.Contains(module)) return;
            var isCircle = way.Contains(module);
            way.Add(module);
            if (isCircle) throw new InvalidOperationException($"Modules of the page import each other in a circle: {string.Join(" → ", way)}.");
            foreach (var (imported, _) in Imports(read(module))) Add(imported);
            way.RemoveAt(way.Count - 1);
            order.Add(module);
        }
    }

    /// <summary>Which modules the text of one imports, and which names of these.</summary>
    public static IEnumerable<(string Module, string[] Names)> Imports(string text) =>
        Import.Matches(text).Select(static match => (match.Groups["module"].Value, match.Groups["names"].Value.Split(',', Names)));

    [GeneratedRegex("""^import \{(?<names>[^}]*)\} from "\./(?<module>[^"]*)";\n""", RegexOptions.Multiline)]
    private static partial Regex Import { get; }

    // At the beginning of a line: what stands further right is within a function.
    [GeneratedRegex(@"^(?:export )?(?:async )?(?:const|let|function|class) (?<name>[\w$]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration { get; }

    // A fifth of the bytes of every page. No text of the modules goes over several lines.
    [GeneratedRegex("""^[ \t]*(//.*\n|/\*[\s\S]*?\*/\s*\n)|^[ \t]+|(?<=\n)\n""", RegexOptions.Multiline)]
    private static partial Regex Aside { get; }

    [GeneratedRegex("^export ", RegexOptions.Multiline)]
    private static partial Regex Export { get; }
}
