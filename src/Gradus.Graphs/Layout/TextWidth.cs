namespace Gradus.Graphs;

/// <summary>How wide a text is at most, in any of the usual sans-serif fonts: nothing here can ask a font.</summary>
internal static class TextWidth
{
    public static double Of(string text, double size)
    {
        var width = 0.0;
        foreach (var character in text) width += Of(character);
        return width * size;
    }

    private static double Of(char character) => character switch
    {
        'i' or 'j' or 'l' or 'f' or 't' or 'r' or '.' or ',' or ';' or ':' or '|' or '\'' or '!' or '(' or ')' or '[' or ']' or ' ' => 0.42,
        'm' or 'w' or 'M' or 'W' or '…' or '@' or '%' => 1.0,
        (>= 'A' and <= 'Z') or '=' or '+' or '−' or '×' or '<' or '>' => 0.84,
        < '\u0250' => 0.65,
        _ => 1.0,
    };
}
