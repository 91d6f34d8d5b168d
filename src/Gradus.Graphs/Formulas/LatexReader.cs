using System.Text;

namespace Gradus.Graphs;

/// <summary>Reads the LaTeX that this library writes and gives it as MathML, so that both say the same.</summary>
/// <remarks>
/// <c>\node{3}</c> is the node 3, named by whom it is read for. A group in brackets is a row of its own, so that an exponent belongs to all of it. A command
/// that is not known is shown as its name.
/// </remarks>
/// <param name="latex">A formula.</param>
/// <param name="node">The element of a node.</param>
/// <param name="gradient">What the letter g is marked with, from the leading space on.</param>
internal sealed class LatexReader(string latex, Func<int, string> node, string gradient)
{
    private const string ThinSpace = "<mspace width=\"0.17em\"/>";

    private static readonly Dictionary<string, string> Operators = MathMlText.Pairs(
        "odot ⊙ otimes ⊗ oslash ⊘ cdot · times × ast ∗ star ⋆ ne ≠ le ≤ ge ≥ land ∧ lnot ¬ mapsto ↦ sum ∑ prod ∏ sim ∼ lfloor ⌊ rfloor ⌋ ldots … cdots ⋯ "
        + @"backslash \");

    private static readonly Dictionary<string, string> Letters = MathMlText.Pairs("partial ∂ infty ∞ pi π sigma σ Phi Φ varphi φ");

    // Upright; the engine's log is the natural one, and called so on the page.
    private static readonly Dictionary<string, string> Functions = MathMlText.Pairs("ln log sin sin cos cos sinh sinh cosh cosh");

    private int _at;
    private bool _endsWithNode;

    /// <summary>The whole formula.</summary>
    public string Read()
    {
        var row = Row("");
        // A bracket that nothing opened stands by itself.
        while (_at < latex.Length) row += $"<mo>{MathMlText.Escape(latex[_at++].ToString())}</mo>{Row("")}";
        return row;
    }

    /// <summary>Elements up to one of some characters, or to a command that ends a group.</summary>
    private string Row(string ends)
    {
        var row = new StringBuilder();
        _endsWithNode = false;
        while (true)
        {
            while (_at < latex.Length && latex[_at] is ' ' or '\n') _at++;
            if (_at >= latex.Length || ends.Contains(latex[_at]) || latex[_at] == '}' || IsAt(@"\right")) return row.ToString();
            var wasNode = _endsWithNode;
            var isNode = IsAt(@"\node");
            _endsWithNode = false;
            // After a bracket or another sign a minus is one of a number, without room behind it.
            var isSigned = latex[_at] == '-' && (row.Length == 0 || row.ToString().EndsWith("</mo>", StringComparison.Ordinal));
            var element = isSigned ? SignOfNumber() : Scripted(Atom());
            // Two names side by side are a product, not a word.
            if (wasNode && isNode) row.Append(ThinSpace);
            _endsWithNode = isNode;
            row.Append(element);
        }
    }

    private string SignOfNumber()
    {
        _at++;
        return "<mo form=\"prefix\">−</mo>";
    }

    /// <summary>An element with its index and exponent.</summary>
    private string Scripted(string element)
    {
        var (sub, sup) = ("", "");
        while (_at < latex.Length && latex[_at] is '_' or '^')
        {
            var isSub = latex[_at++] == '_';
            if (isSub) sub = Argument();
            else sup = Argument();
        }

        return (sub, sup) switch
        {
            ("", "") => element,
            (_, "") => $"<msub>{element}{sub}</msub>",
            ("", _) => $"<msup>{element}{sup}</msup>",
            _ => $"<msubsup>{element}{sub}{sup}</msubsup>",
        };
    }

    private string Atom()
    {
        var character = latex[_at];
        if (character == '\\') return Command();
        if (character == '{') return Argument();
        if (character is '(' or '[') return Enclosed(character);
        if (char.IsAsciiDigit(character)) return MathMlText.Element("mn", Run(static digit => char.IsAsciiDigit(digit) || digit == '.'));
        _at++;
        if (char.IsLetter(character)) return MathMlText.Element("mi", character.ToString(), character == 'g' ? gradient : "");
        return MathMlText.Element("mo", character == '-' ? "−" : MathMlText.Escape(character.ToString()));
    }

    /// <summary>What is in braces, or one element, as one element.</summary>
    private string Argument()
    {
        while (_at < latex.Length && latex[_at] == ' ') _at++;
        if (_at >= latex.Length) return "<mrow></mrow>";
        if (latex[_at] != '{') return Atom();
        _at++;
        var row = Row("");
        _at++;
        return Single(row);
    }

    /// <summary>What is in round or square brackets, with these.</summary>
    private string Enclosed(char open)
    {
        _at++;
        var row = Row(")]");
        var isClosed = _at < latex.Length && latex[_at] is (')' or ']');
        return $"<mrow>{Bracket(open.ToString(), row)}{row}{(isClosed ? Bracket(latex[_at++].ToString(), row) : "")}</mrow>";
    }

    private string Command()
    {
        _at++;
        if (_at >= latex.Length) return "";
        var name = char.IsAsciiLetter(latex[_at]) ? Run(char.IsAsciiLetter) : latex[_at++].ToString();
        if (Operators.TryGetValue(name, out var sign)) return MathMlText.Element("mo", sign);
        if (Letters.TryGetValue(name, out var letter)) return MathMlText.Element("mi", letter);
        if (Functions.TryGetValue(name, out var function)) return Function(function);
        switch (name)
        {
            case "node": return node(int.Parse(Raw(), System.Globalization.CultureInfo.InvariantCulture));
            case "Vert": return "<mo stretchy=\"false\">‖</mo>";
            case "bmod": return "<mo lspace=\"0.22em\" rspace=\"0.22em\">mod</mo>";
            case "top": return "<mi mathvariant=\"normal\">T</mi>";
            case "," or " ": return ThinSpace;
            case "quad": return "<mspace width=\"1em\"/>";
            case "textstyle": return "";
            case "frac" or "tfrac": return $"<mfrac>{Argument()}{Argument()}</mfrac>";
            case "sqrt": return $"<msqrt>{Argument()}</msqrt>";
            case "bar" or "overline": return $"<mover>{Argument()}<mo stretchy=\"{(name == "bar" ? "false" : "true")}\">¯</mo></mover>";
            case "mathbf": return MathMlText.Element("mn", Bold(Raw()));
            case "text": return MathMlText.Element("mtext", MathMlText.Escape(Raw()).Replace(' ', '\u00A0'));
            case "operatorname": return Function(Raw());
            case "mathrm": return MathMlText.Element("mi", MathMlText.Escape(Raw()), " mathvariant=\"normal\"");
            case "left": return Fenced();
            default: return MathMlText.Element(name.Length == 1 ? "mo" : "mtext", MathMlText.Escape(name));
        }
    }

    /// <summary>A function's name, apart from what it is of unless that is in brackets.</summary>
    private string Function(string name)
    {
        var isApart = _at < latex.Length && latex[_at] == ' ';
        return $"<mi{(name.Length == 1 ? " mathvariant=\"normal\"" : "")}>{MathMlText.Escape(name)}</mi>{(isApart ? ThinSpace : "")}";
    }

    /// <summary>What is between <c>\left(</c> and <c>\right)</c>.</summary>
    private string Fenced()
    {
        var open = Fence();
        var row = Row("");
        if (!IsAt(@"\right")) return $"<mrow>{Bracket(open, row)}{row}</mrow>";
        _at += @"\right".Length;
        return $"<mrow>{Bracket(open, row)}{row}{Bracket(Fence(), row)}</mrow>";
    }

    private string Fence()
    {
        if (_at >= latex.Length) return "";
        if (latex[_at] != '\\') return latex[_at++].ToString();
        _at++;
        var name = Run(char.IsAsciiLetter);
        return name switch { "lfloor" => "⌊", "rfloor" => "⌋", "Vert" => "‖", _ => name };
    }

    /// <summary>A bracket as high as what it is around: without a font for mathematics a browser makes it too high for what is low.</summary>
    private static string Bracket(string sign, string row)
    {
        var isHigh = row.Contains("<mfrac", StringComparison.Ordinal) || row.Contains("<msubsup", StringComparison.Ordinal);
        return MathMlText.Element("mo", MathMlText.Escape(sign), isHigh ? " stretchy=\"true\"" : " stretchy=\"false\"");
    }

    /// <summary>The text in braces as it stands, a backslash before what would be a sign.</summary>
    private string Raw()
    {
        var text = new StringBuilder();
        if (_at < latex.Length && latex[_at] == '{') _at++;
        for (; _at < latex.Length && latex[_at] != '}'; _at++)
        {
            if (latex[_at] == '\\' && _at + 1 < latex.Length) _at++;
            text.Append(latex[_at]);
        }

        _at++;
        return text.ToString();
    }

    // MathML Core knows no bold; there are characters that are.
    private static string Bold(string digits) => string.Concat(digits.Select(static digit => char.ConvertFromUtf32(0x1D7CE + digit - '0')));

    private string Run(Func<char, bool> isPart)
    {
        var from = _at;
        while (_at < latex.Length && isPart(latex[_at])) _at++;
        return latex[from.._at];
    }

    private bool IsAt(string text) => string.CompareOrdinal(latex, _at, text, 0, text.Length) == 0;

    /// <summary>A row as one element.</summary>
    private static string Single(string row)
    {
        if (row.StartsWith("<m", StringComparison.Ordinal) && EndOfFirst(row) == row.Length) return row;
        return $"<mrow>{row}</mrow>";
    }

    /// <summary>Where the first element of a row ends.</summary>
    private static int EndOfFirst(string row)
    {
        var depth = 0;
        for (var at = 0; at < row.Length; at++)
        {
            if (row[at] != '<') continue;
            var close = row.IndexOf('>', at);
            depth += row[at + 1] == '/' ? -1 : row[close - 1] == '/' ? 0 : 1;
            if (depth == 0) return close + 1;
            at = close;
        }

        return -1;
    }
}
