namespace Gradus.Reports;

/// <summary>Tables of a page.</summary>
internal static class HtmlTable
{
    /// <summary>A table with a row of heads, as wide as there is room, that scrolls by itself where there is not enough.</summary>
    public static Html Of(string id, IEnumerable<Html> heads, IEnumerable<Html> rows) => Html.Of($"""
        <div class="scroll"><table class="full" id="{id}">
        <thead><tr>{Html.Join(heads)}</tr></thead>
        <tbody>
        {Html.Join(rows)}</tbody></table></div>

        """);

    /// <summary>A table of names and values.</summary>
    public static Html OfFacts(string id, IEnumerable<Html> rows) =>
        Html.Of($"<table class=\"facts\" id=\"{id}\"><tbody>\n{Html.Join(rows)}</tbody></table>\n");

    /// <summary>The head of a column of texts.</summary>
    public static Html Head(string title) => Html.Of($"<th scope=\"col\">{title}</th>");

    /// <summary>The head of a column of numbers.</summary>
    public static Html NumberHead(string title) => Html.Of($"<th scope=\"col\" class=\"number\">{title}</th>");

    /// <summary>A row.</summary>
    public static Html Row(params IEnumerable<Html> cells) => Html.Of($"<tr>{Html.Join(cells)}</tr>\n");

    /// <summary>The cell that a row is called after.</summary>
    public static Html Name(string text) => Html.Of($"<th scope=\"row\">{text}</th>");

    /// <summary>A cell of a text.</summary>
    public static Html Cell(string text, string kind = "text") => Html.Of($"<td class=\"{kind}\">{text}</td>");

    /// <summary>A cell of a number.</summary>
    public static Html Number(string text) => Cell(text, "number");
}
