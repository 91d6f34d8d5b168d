using System.Globalization;
using System.Net;

namespace Gradus.Reports;

/// <summary>A piece of a page. What comes from outside is escaped where it is put in, so that no name can become a tag.</summary>
/// <param name="Text">The piece, as it goes into the page.</param>
internal readonly record struct Html(string Text)
{
    /// <summary>Nothing.</summary>
    public static Html None { get; } = new("");

    /// <summary>A piece of tags, with values between the braces: other pieces as they are, all else escaped.</summary>
    public static Html Of(FormattableString template) =>
        new(string.Format(CultureInfo.InvariantCulture, template.Format, [.. template.GetArguments().Select(Escape)]));

    /// <summary>Pieces one after another.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(static piece => piece.Text)));

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static object Escape(object? value) =>
        value is Html piece ? piece.Text : WebUtility.HtmlEncode(PlainText.OfLines(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
}
