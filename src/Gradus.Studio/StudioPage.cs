using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gradus.Graphs;

namespace Gradus.Studio;

/// <summary>The studio as one file: the page, its words, and the engine for the browser, packed into it. It works offline, opened from a disk.</summary>
public static partial class StudioPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="framework">The folder <c>_framework</c> of the published engine for browsers: its scripts and WebAssembly.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder is not that of a published engine.</exception>
    public static void Write(Stream stream, string framework)
    {
        ArgumentNullException.ThrowIfNull(stream);
        string[] files = [.. Directory.GetFiles(framework).Where(static file => Path.GetExtension(file) is ".js" or ".wasm").Order(StringComparer.Ordinal)];
        if (!files.Any(static file => Path.GetFileName(file) == "dotnet.js"))
            throw new FileNotFoundException($"{framework}: there is no dotnet.js in it; expected the folder _framework of the published engine.");
        var page = Place.Replace(Read("studio.html"), place => place.Groups[1].Value switch
        {
            "style" => HtmlPage.Tokens.Value + Read("studio.css"),
            "graphstyle" => HtmlPage.StyleWithin,
            "graph" => HtmlPage.BodyWithin,
            "words" => Words(HtmlPage.WordsWithin),
            "strings" => Words(static language => Read($"strings.{language}.json").TrimEnd()),
            "worker" => Read("worker.js"),
            "files" => Pack(files),
            // A graph's page is a function here: there are several of them on this page.
            _ => $"function openGraphPage(host) {{\n{HtmlPage.ScriptWithin}}}\n{PageScript.Of("main.js", Read)}",
        });
        stream.Write(Encoding.UTF8.GetBytes(page));
    }

    /// <summary>What is said in each language, by language.</summary>
    private static string Words(Func<string, string> read) =>
        $"{{{string.Join(',', HtmlPage.Languages.Select(language => $"\"{language}\":{read(language)}"))}}}";

    /// <summary>The text of a file of the folder <c>Page</c>.</summary>
    internal static string Read(string name)
    {
        using var reader = new StreamReader(typeof(StudioPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>The files by name, compressed, as JSON of base 64.</summary>
    private static string Pack(string[] files)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var file in files) json.WriteBase64String(Path.GetFileName(file), Compress(BytesOf(file)));
            json.WriteEndObject();
        }

        return Encoding.ASCII.GetString(stream.ToArray());
    }

    // A script that comes from memory has no address beside which others lie: it is told one that nothing is ever fetched from.
    private static byte[] BytesOf(string file) => Path.GetExtension(file) == ".js"
        ? Encoding.UTF8.GetBytes(File.ReadAllText(file).Replace("import.meta.url", "\"https://gradus.invalid/studio.js\"", StringComparison.Ordinal))
        : File.ReadAllBytes(file);

    private static byte[] Compress(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize)) gzip.Write(bytes);
        return stream.ToArray();
    }

    [GeneratedRegex(@"\{(style|graphstyle|graph|words|strings|worker|files|script)\}")]
    private static partial Regex Place { get; }
}
