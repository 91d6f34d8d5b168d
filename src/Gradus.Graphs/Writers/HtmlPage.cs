using System.Text.RegularExpressions;

namespace Gradus.Graphs;

/// <summary>The page around a picture and its numbers: the files of the folder <c>Page</c>, put into one.</summary>
internal static partial class HtmlPage
{
    private static readonly Lazy<string> Template = new(static () => Read("page.html"));
    private static readonly Lazy<string> Script = new(static () => PageScript.Of("main.js", Read));
    private static readonly string[] Languages = ["en", "zh"];

    /// <summary>The colors and forms that all pages share.</summary>
    public static Lazy<string> Tokens { get; } = new(static () => Read("tokens.css"));

    /// <summary>The colors and forms of the page of a graph.</summary>
    public static Lazy<string> Style { get; } = new(static () => Tokens.Value + Read("page.css"));

    /// <summary>What stands around the picture of a graph: steps, panels and tables. The picture's place is <c>{picture}</c>.</summary>
    public static Lazy<string> Body { get; } = new(static () => Read("graph.html"));

    /// <summary>What the page says, by language and key, as JSON.</summary>
    public static Lazy<string> Words { get; } = new(static () =>
        $"{{{string.Join(',', Languages.Select(static language => $"\"{language}\":{Read($"words.{language}.json").Trim()}"))}}}");

    /// <summary>The page's script as the body of a function of another page, which hands over <c>host</c>.</summary>
    public static string Within => PageScript.Of("main.js", static name => name == "host.js" ? "" : Read(name));

    /// <param name="title">Escaped, as it goes into a heading.</param>
    /// <param name="pictures">The views of the graph as SVG, the first of them the one that is shown.</param>
    /// <param name="data">The views as JSON in which no name can end the script.</param>
    public static string Of(string title, IReadOnlyList<string> pictures, string data) => Place.Replace(Template.Value, place => place.Groups[1].Value switch
    {
        "title" => title,
        "style" => Style.Value,
        "graph" => Body.Value.Replace("{picture}", pictures[0], StringComparison.Ordinal),
        "templates" => string.Concat(pictures.Skip(1).Select(static picture => $"<template>{picture}</template>\n")),
        "words" => Words.Value,
        "data" => data,
        _ => Script.Value,
    });

    /// <summary>The text of a file of the folder <c>Page</c>.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{(title|style|graph|templates|words|data|script)\}")]
    private static partial Regex Place { get; }
}
