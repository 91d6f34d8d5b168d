using System.Globalization;

namespace Gradus.Graphs;

/// <summary>What a token is: a number, a name, a sign such as <c>**</c>, a raised number such as <c>²</c>, or the end.</summary>
internal enum TokenKind
{
    Number,
    Name,
    Sign,
    Superscript,
    End,
}

/// <summary>A word of an expression and where it begins.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, double Number, int Position)
{
    /// <summary>As it stands in the expression, where a textbook's sign is read as another: <c>·</c> as <c>*</c>.</summary>
    public string Written { get; init; } = Text;

    public override string ToString() => Kind == TokenKind.End ? "the end" : Text.Trim().Length == 0 ? "a new line" : $"'{PlainText.Quote(Written)}'";
}

/// <summary>Cuts an expression into tokens.</summary>
internal static class Tokenizer
{
    // Longer signs before those they begin with.
    private static readonly string[] Signs =
        ["**", "//", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "@", "(", ")", "[", "]", "<", ">", ",", ";", ":", ".", "=", "\n"];

    // As textbooks print them.
    private static readonly Dictionary<char, string> Printed = new()
    {
        ['·'] = "*",
        ['⋅'] = "*",
        ['×'] = "*",
        ['÷'] = "/",
        ['−'] = "-",
        ['≤'] = "<=",
        ['≥'] = ">=",
        ['≠'] = "!=",
    };

    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";

    /// <summary>The words and signs, without white space and without comments, which go from <c>#</c> to the end of the line.</summary>
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

            if (character == '#')
            {
                while (at < text.Length && text[at] != '\n') at++;
                continue;
            }

            var token = char.IsAsciiDigit(character) || (character == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])) ? NumberAt(text, at)
                : IsLetter(character) ? new Token(TokenKind.Name, text[at..EndOfName(text, at)], 0, at)
                : IsRaised(character) ? SuperscriptAt(text, at)
                : SignAt(text, at);
            tokens.Add(token);
            at += token.Written.Length;
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

        if (Printed.TryGetValue(text[at], out var typed)) return new Token(TokenKind.Sign, typed, 0, at) { Written = text[at].ToString() };
        var hint = text[at] switch
        {
            '^' => " A power is written x ** y.",
            '√' => " A root is written sqrt(x).",
            '–' => " Minus is written -.",
            '!' => " Unequal is written !=.",
            _ => "",
        };
        var what = char.IsControl(text[at])
            ? string.Create(CultureInfo.InvariantCulture, $"the character U+{(int)text[at]:X4}")
            : $"'{(char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? text.Substring(at, 2) : text[at].ToString())}'";
        throw new ExpressionException($"{what} belongs to no expression.{hint}", text, at);
    }

    private static Token SuperscriptAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && IsRaised(text[end])) end++;
        var written = text[at..end];
        var digits = string.Concat(written.Select(static raised => raised == '⁻' ? '-' : (char)('0' + Raised.IndexOf(raised))));
        return double.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new Token(TokenKind.Superscript, digits, number, at) { Written = written }
            : throw new ExpressionException($"'{PlainText.Quote(written)}' is not a number.", text, at);
    }

    private static Token NumberAt(string text, int at)
    {
        var end = at;
        while (end < text.Length &&
            (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_' || (text[end] is '+' or '-' or '−' && text[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        var word = text[at..end];
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(word.Replace('−', '-'), Style, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            var hint = double.IsInfinity(number) ? " The greatest is 1.8e308." : word.Any(char.IsAsciiLetter) ? " A product is written 2 * x." : "";
            throw new ExpressionException($"'{PlainText.Quote(word)}' is not a number.{hint}", text, at);
        }

        return new Token(TokenKind.Number, word, number, at);
    }

    private static int EndOfName(string text, int at)
    {
        while (at < text.Length && !IsRaised(text[at]) &&
            (IsLetter(text[at]) || char.GetUnicodeCategory(text[at]) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber || text[at] == '\''))
        {
            at++;
        }

        return at;
    }

    private static bool IsRaised(char character) => Raised.Contains(character);

    private static bool IsLetter(char character) => char.IsLetter(character) || character == '_';
}
