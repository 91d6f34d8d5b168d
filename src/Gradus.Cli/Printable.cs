namespace Gradus.Cli;

/// <summary>Texts from files, made fit for a terminal: a name in a model file must not move the cursor or set colours.</summary>
internal static class Printable
{
    /// <summary>The text on one line, replaced what is not to be shown: control characters, marks that turn the reading direction, halves of characters.</summary>
    public static string Of(string text) => PlainText.Of(text);

    /// <summary>The text on its own lines, the same replaced.</summary>
    public static string OfLines(string text) => PlainText.OfLines(text);
}
