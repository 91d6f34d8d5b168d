using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Gradus.Extensions;
using Gradus.Graphs;

namespace Gradus.Serving;

/// <summary>The page to try a model: the files of the folder <c>Page</c>, with the colors and forms of the other pages.</summary>
internal static partial class TryPage
{
    /// <summary>The page asks nobody but the server.</summary>
    public const string Policy =
        "default-src 'none'; connect-src 'self'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'";

    private static readonly Lazy<string> Template = new(static () => Read("try.html"));
    private static readonly Lazy<string> Style = new(static () => HtmlPage.Tokens.Value + Read("try.css"));
    private static readonly Lazy<string> Script = new(static () => PageScript.Of("try.js", Read));

    public static byte[] Of(GradusModel model, string prefix) => Encoding.UTF8.GetBytes(Place.Replace(Template.Value, place => place.Groups[1].Value switch
    {
        "title" => WebUtility.HtmlEncode(model.Name),
        "about" => WebUtility.HtmlEncode(model.Current.ToString()),
        "prefix" => WebUtility.HtmlEncode(prefix),
        "style" => Style.Value,
        _ => Script.Value,
    }));

    /// <summary>The text of a file of the folder <c>Page</c>.</summary>
    internal static string Read(string name)
    {
        using var stream = typeof(TryPage).Assembly.GetManifestResourceStream(name);
        if (stream is null) return HtmlPage.Read(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{(title|about|prefix|style|script)\}")]
    private static partial Regex Place { get; }
}
