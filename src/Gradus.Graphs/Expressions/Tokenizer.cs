using System.Globalization;

namespace Gradus.Graphs;

/// <summary>What a token is: a number, a name, a sign such as <c>**</c>, or the end.</summary>
internal enum TokenKind
{
    Number,
    Name,
    Sign,
    End,
}

/// <summary>A word of an expression and where it begins.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, double Number, int Position)
{
    public override string ToString() => Kind == TokenKind.End ? "the end" : Text.Trim().Length == 0 ? "a new line" : $"'{PlainText.Quote(Text)}'";
}

/// <summary>Cuts an expression into tokens.</summary>
internal static class Tokenizer
{
    // Longer signs before those they begin with.
    private static readonly string[] Signs = ["**", "//", "+", "-", "*", "/", "%", "@", "(", ")", "[", "]", ",", ";", "=", "\n"];

    /// <exception cref="ExpressionException">A character belongs to no token.</exception>
    public static List<Token> Cut(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            var character = text[at];
            if (char.IsWhiteSpace(character) && character != '\n')
            {
                at++;
                continue;
            }

            var token = char.IsAsciiDigit(character) || (character == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])) ? NumberAt(text, at)
                : IsLetter(character) ? new Token(TokenKind.Name, text[at..EndOfName(text, at)], 0, at)
                : SignAt(text, at);
            tokens.Add(token);
            at += token.Text.Length;
        }

        tokens.Add(new Token(TokenKind.End, "", 0, text.Length));
        return tokens;
    }

    /// <summary>Whether a text can be a variable's name.</summary>
    public static bool IsName(string text) => text.Length > 0 && IsLetter(text[0]) && EndOfName(text, 0) == text.Length;

    private static Token SignAt(string text, int at)
    {
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0) return new Token(TokenKind.Sign, sign, 0, at);
        }

        var hint = text[at] switch
        {
            '^' => " A power is written x ** y.",
            '×' or '·' => " A product is written x * y.",
            '−' or '–' => " Minus is written -.",
            _ => "",
        };
        var what = char.IsControl(text[at])
            ? string.Create(CultureInfo.InvariantCulture, $"the character U+{(int)text[at]:X4}")
            : $"'{(char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? text.Substring(at, 2) : text[at].ToString())}'";
        throw new ExpressionException($"{what} belongs to no expression.{hint}", text, at);
    }

    private static Token NumberAt(string text, int at)
    {
        var end = at;
        while (end < text.Length &&
            (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_' || (text[end] is '+' or '-' && text[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        var word = text[at..end];
        if (!double.TryParse(word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ||
            !double.IsFinite(number))
        {
            var hint = word.Any(char.IsAsciiLetter) ? " A product is written 2 * x." : "";
            throw new ExpressionException($"'{PlainText.Quote(word)}' is not a number.{hint}", text, at);
        }

        return new Token(TokenKind.Number, word, number, at);
    }

    private static int EndOfName(string text, int at)
    {
        while (at < text.Length &&
            (IsLetter(text[at]) || char.GetUnicodeCategory(text[at]) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber || text[at] == '\''))
        {
            at++;
        }

        return at;
    }

    private static bool IsLetter(char character) => char.IsLetter(character) || character == '_';
}
