namespace Gradus.Cli;

/// <summary>Texts from files, made fit for a terminal: a name in a model file must not move the cursor or set colours.</summary>
internal static class Printable
{
    /// <summary>The text on one line, control characters replaced.</summary>
    public static string Of(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(static character => char.IsControl(character) ? '·' : character)) : text;

    /// <summary>The text on its own lines, other control characters replaced.</summary>
    public static string OfLines(string text) => string.Join('\n', text.Split('\n').Select(Of));
}
