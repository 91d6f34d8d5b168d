using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gradus.Graphs;

/// <summary>The page around a picture and its numbers: the files of the folder <c>Page</c>, put into one.</summary>
internal static partial class HtmlPage
{
    private static readonly Lazy<string> Template = new(static () => Read("page.html"));
    private static readonly Lazy<string> Script = new(static () => Tight(PageScript.Of("main.js", Read)));

    /// <summary>The languages that a page may speak, by the codes of ISO 639, in the order of <see cref="PageLanguage"/>.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "zh"];

    /// <summary>The colors and forms that all pages share.</summary>
    public static Lazy<string> Tokens { get; } = new(static () => Compact(Read("tokens.css")));

    /// <summary>The colors and forms of the page of a graph.</summary>
    public static Lazy<string> Style { get; } = new(static () => Tokens.Value + Compact(Read("page.css")));

    /// <summary>The same within another page, which has the engine.</summary>
    public static string StyleWithin => Style.Value + Compact(Read("sweep.css"));

    /// <summary>What stands around the picture of a graph within another page, which puts the picture in.</summary>
    public static string BodyWithin => Body("", Read("sweep.html"));

    /// <summary>The page's script as the body of a function of another page, which hands over <c>host</c>.</summary>
    public static string ScriptWithin => Tight(PageScript.Of("within.js", static name => name switch
    {
        "host.js" => "",
        "root.js" => "const { root } = host;\n",
        _ => Read(name),
    }));

    /// <param name="title">Escaped, as it goes into a heading.</param>
    /// <param name="pictures">The views of the graph as SVG, the first of them the one that is shown.</param>
    /// <param name="data">The views as JSON in which no name can end the script.</param>
    /// <param name="language">What it speaks.</param>
    public static string Of(string title, IReadOnlyList<string> pictures, string data, PageLanguage language) =>
        Place.Replace(Template.Value, place => place.Groups[1].Value switch
        {
            "language" => Languages[(int)language],
            "title" => title,
            "style" => Style.Value,
            "graph" => Body(pictures[0], ""),
            "templates" => string.Concat(pictures.Skip(1).Select(static picture => $"<template>{picture}</template>\n")),
            "words" => Words(Languages[(int)language]),
            "data" => data,
            _ => Script.Value,
        });

    private static string Words(string language) => Merge($"words.{language}.json");

    /// <summary>What the page says within another one, by its keys, as JSON.</summary>
    public static string WordsWithin(string language) => Merge($"words.{language}.json", $"within.{language}.json");

    private static string Merge(params ReadOnlySpan<string> files)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var file in files)
            {
                using var words = JsonDocument.Parse(Read(file));
                foreach (var word in words.RootElement.EnumerateObject()) word.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Body(string picture, string panel) =>
        Read("graph.html").Replace("{picture}", picture, StringComparison.Ordinal).Replace("{panel}", panel, StringComparison.Ordinal);

    /// <summary>A style without comments, and without the spaces that are there to be read.</summary>
    private static string Compact(string style) => Space.Replace(Remark.Replace(style, ""), static space => space.Groups[1].Value) + "\n";

    /// <summary>The text of a file of the folder <c>Page</c>.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{(language|title|style|graph|templates|words|data|script)\}")]
    private static partial Regex Place { get; }

    /// <summary>The script of a graph's page without spaces around signs that no text of its modules has.</summary>
    private static string Tight(string script) => Around.Replace(script, static sign => sign.Groups[1].Value);

    [GeneratedRegex(@" (=>|===|!==|&&|\|\|) |(?<=\{) (?!\w+ \})|(?<!\{ \w+) (?=\})")]
    private static partial Regex Around { get; }

    [GeneratedRegex(@"/\*[\s\S]*?\*/")]
    private static partial Regex Remark { get; }

    // Before a colon a space may part selectors, after it none does.
    [GeneratedRegex(@";?\s*([{}])\s*|(?<=[;,:])\s+|\s+$")]
    private static partial Regex Space { get; }
}
