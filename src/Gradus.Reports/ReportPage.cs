using System.Net;
using System.Text.RegularExpressions;
using Gradus.Graphs;

namespace Gradus.Reports;

/// <summary>The page around the sections: the files of the folder <c>Page</c>, with the colors, forms and modules that the page of a graph has too.</summary>
internal static partial class ReportPage
{
    private static readonly Lazy<string> Template = new(static () => Read("report.html"));
    private static readonly Lazy<string> Style = new(static () => HtmlPage.Tokens.Value + Read("report.css"));
    private static readonly Lazy<string> Script = new(static () => PageScript.Of("report.js", Read));

    public static string Of(IReadOnlyList<ReportedRun> runs)
    {
        var names = RunNames.Of(runs);
        return Place.Replace(Template.Value, place => place.Groups[1].Value switch
        {
            "title" => WebUtility.HtmlEncode(PlainText.Of(string.Join(", ", names))),
            "style" => Style.Value,
            "header" => HeadSection.Of(runs, names).Text,
            "body" => Html.Join(runs.Count == 1 ? Sections(runs[0]) : Compared(runs, names)).Text,
            "data" => CurveData.Of(runs, names),
            _ => Script.Value,
        });
    }

    /// <summary>The text of a file of the folder <c>Page</c>; what is not there is shared with the page of a graph.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name);
        if (stream is null) return HtmlPage.Read(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static IEnumerable<Html> Sections(ReportedRun run) =>
    [
        FiguresSection.Of(run), CurvesSection.Of([run]), EvaluationSection.Of(run), WorstSection.Of(run), DoctorSection.Of(run), DataSection.Of(run),
        RecipeSection.Of(run),
    ];

    private static IEnumerable<Html> Compared(IReadOnlyList<ReportedRun> runs, IReadOnlyList<string> names) =>
        [ComparedSection.Of(runs, names), CurvesSection.Of(runs)];

    [GeneratedRegex(@"\{(title|style|header|body|data|script)\}")]
    private static partial Regex Place { get; }
}
