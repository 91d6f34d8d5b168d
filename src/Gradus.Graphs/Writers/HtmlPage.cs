using System.Text.RegularExpressions;

namespace Gradus.Graphs;

/// <summary>The page around a picture and its numbers: the files of the folder <c>Page</c>, put into one.</summary>
internal static partial class HtmlPage
{
    private static readonly Lazy<string> Template = new(static () => Read("page.html"));
    private static readonly Lazy<string> Script = new(static () => PageScript.Of("main.js", Read));

    /// <summary>The colors and forms that all pages share.</summary>
    public static Lazy<string> Tokens { get; } = new(static () => Read("tokens.css"));

    /// <summary>The colors and forms of the page of a graph.</summary>
    public static Lazy<string> Style { get; } = new(static () => Tokens.Value + Read("page.css"));

    /// <param name="title">Escaped, as it goes into a heading.</param>
    /// <param name="pictures">The views of the graph as SVG, the first of them the one that is shown.</param>
    /// <param name="data">The views as JSON in which no name can end the script.</param>
    public static string Of(string title, IReadOnlyList<string> pictures, string data) => Place.Replace(Template.Value, place => place.Groups[1].Value switch
    {
        "title" => title,
        "style" => Style.Value,
        "picture" => pictures[0],
        "templates" => string.Concat(pictures.Skip(1).Select(static picture => $"<template>{picture}</template>\n")),
        "data" => data,
        _ => Script.Value,
    });

    /// <summary>The text of a file of the folder <c>Page</c>.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{(title|style|picture|templates|data|script)\}")]
    private static partial Regex Place { get; }
}
