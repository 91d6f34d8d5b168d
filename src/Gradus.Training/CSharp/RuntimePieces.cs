using System.Text;

namespace Gradus.Training;

/// <summary>The parts of the exported code that are the same for all models: files of C#, kept in the library as resources.</summary>
internal static class RuntimePieces
{
    private const string Prefix = "Gradus.Training.CSharp.Runtime.";

    private static readonly string[] Always =
        ["ILanes", "Lanes512", "Lanes256", "Lanes128", "IFunction", "Functions", "Product", "Tiles", "TileRows", "Stored"];

    // What a part calls beside those that are always there.
    private static readonly Dictionary<string, string[]> Needs = new(StringComparer.Ordinal)
    {
        ["Attention"] = ["Sums"],
        ["Mixture"] = ["Sums", "Logarithm"],
        ["Norms"] = ["Sums"],
        ["Pools"] = ["Pooling"],
        ["Recurrent"] = ["Sigmoid", "Tanh"],
    };

    /// <summary>The names of all parts, which no other class of a file may have.</summary>
    public static IReadOnlySet<string> Names { get; } = typeof(RuntimePieces).Assembly.GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(static name => name[Prefix.Length..^".cs".Length])
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The code of some parts and of what they need, each class seen in its file alone.</summary>
    public static string Of(IEnumerable<string> names)
    {
        var all = new SortedSet<string>(Always, StringComparer.Ordinal);
        foreach (var name in names) Add(name, all);
        var text = new StringBuilder();
        foreach (var name in all) text.Append('\n').Append(Read(name));
        return text.ToString();
    }

    private static void Add(string name, SortedSet<string> all)
    {
        all.Add(name);
        foreach (var needed in Needs.GetValueOrDefault(name, [])) Add(needed, all);
    }

    /// <summary>A file without what stands at the head of the whole.</summary>
    private static string Read(string name)
    {
        using var stream = typeof(RuntimePieces).Assembly.GetManifestResourceStream($"{Prefix}{name}.cs")
            ?? throw new InvalidOperationException($"There is no part '{name}'.");
        using var reader = new StreamReader(stream);
        var text = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            if (text.Length == 0 && (line.Length == 0 || line.StartsWith("using ", StringComparison.Ordinal) ||
                line.StartsWith("namespace ", StringComparison.Ordinal))) continue;
            text.Append(line.StartsWith("internal ", StringComparison.Ordinal) ? "file " + line["internal ".Length..] : line).Append('\n');
        }

        return text.ToString();
    }
}
