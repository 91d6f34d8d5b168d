using System.Globalization;
using System.Text.RegularExpressions;

namespace Gradus.Data;

/// <summary>What the points and commas of a number say about its decimal mark.</summary>
internal enum NumberShape
{
    /// <summary>At most three digits and nothing else, which says nothing.</summary>
    Short,

    /// <summary>Four or more digits without separators.</summary>
    Ungrouped,

    /// <summary>Groups of three digits, separated by spaces or apostrophes.</summary>
    Neutral,

    /// <summary>The point is a decimal point.</summary>
    DecimalPoint,

    /// <summary>The comma is a decimal comma.</summary>
    DecimalComma,

    /// <summary>Points separate groups of three digits.</summary>
    GroupPoint,

    /// <summary>Commas separate groups of three digits.</summary>
    GroupComma,

    /// <summary>One point before three digits, which may be either: 1.234.</summary>
    EitherPoint,

    /// <summary>One comma before three digits, which may be either: 1,234.</summary>
    EitherComma,

    /// <summary>No number.</summary>
    None,
}

/// <summary>A number as it is written: its sign, its digits with points and commas, its exponent, and a currency or unit around it.</summary>
internal readonly partial record struct NumberCell(bool IsNegative, string Digits, int Exponent, string Currency, string Suffix, double Fraction)
{
    private const int Longest = 80;

    /// <summary>The currency or unit around the number.</summary>
    public string Unit => Currency + Suffix;

    /// <summary>The currency or unit around the number without k, M or B.</summary>
    public string UnitWithoutMultiple => MultipleOf(Suffix) is null ? Unit : Currency;

    /// <summary>Whether a suffix is empty or may be a multiple, such as k.</summary>
    public static bool MayBeMultiple(string suffix) => suffix.Length == 0 || MultipleOf(suffix) is not null;

    public static bool TryRead(string cell, out NumberCell number)
    {
        number = default;
        if (cell.Length is 0 or > Longest) return false;
        if (Ratio.Match(cell) is { Success: true } ratio)
        {
            var below = double.Parse(ratio.Groups["below"].ValueSpan, CultureInfo.InvariantCulture);
            if (below == 0) return false;
            var whole = ratio.Groups["whole"].Success ? double.Parse(ratio.Groups["whole"].ValueSpan, CultureInfo.InvariantCulture) : 0;
            number = new NumberCell(IsMinus(ratio.Groups["sign"]), "", 0, "", "",
                whole + (double.Parse(ratio.Groups["above"].ValueSpan, CultureInfo.InvariantCulture) / below));
            return true;
        }

        if (Pattern.Match(cell) is not { Success: true } match) return false;
        var (open, close) = (match.Groups["open"].Success, match.Groups["close"].Success);
        var signs = (match.Groups["sign"].Success ? 1 : 0) + (match.Groups["inner"].Success ? 1 : 0) + (match.Groups["behind"].Success ? 1 : 0);
        if (open != close || signs > 1 || (open && signs > 0)) return false;
        var isNegative = open || match.Groups["behind"].Success || IsMinus(match.Groups["sign"]) || IsMinus(match.Groups["inner"]);
        var exponent = match.Groups["exponent"] is { Success: true } found
            ? int.Parse(found.Value.Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : 0;
        var unit = match.Groups["unit"].Value.Trim(' ', '\u00A0', '\u202F', '\u2009');
        number = new NumberCell(isNegative, match.Groups["digits"].Value, exponent, match.Groups["currency"].Value.Trim(), unit, double.NaN);
        return true;
    }

    /// <summary>The value with a decimal mark.</summary>
    public bool TryValue(char decimalMark, bool multiples, out double value)
    {
        value = Fraction;
        if (!double.IsNaN(Fraction))
        {
            value = IsNegative ? -Fraction : Fraction;
            return true;
        }

        var at = Digits.IndexOf(decimalMark, StringComparison.Ordinal);
        if (at >= 0 && Digits.AsSpan(at + 1).ContainsAnyExceptInRange('0', '9')) return false;
        var whole = at < 0 ? Digits : Digits[..at];
        if (!TryUngroup(whole, out var digits)) return false;
        var decimals = at < 0 ? "" : Digits[(at + 1)..];
        var text = $"{(IsNegative ? "-" : "")}{(digits.Length == 0 ? "0" : digits)}.{decimals}0e{Exponent.ToString(CultureInfo.InvariantCulture)}";
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return false;
        if (multiples && MultipleOf(Suffix) is { } multiple) value *= multiple;
        return true;
    }

    public NumberShape Shape
    {
        get
        {
            if (!double.IsNaN(Fraction)) return NumberShape.Short;
            int points = Digits.Count(static mark => mark == '.'), commas = Digits.Count(static mark => mark == ',');
            if (points + commas == 0)
            {
                if (!TryUngroup(Digits, out var plain)) return NumberShape.None;
                return plain.Length != Digits.Length ? NumberShape.Neutral : plain.Length > 3 ? NumberShape.Ungrouped : NumberShape.Short;
            }

            var last = Digits.LastIndexOfAny(['.', ',']);
            var isPoint = Digits[last] == '.';
            if (points > 0 && commas > 0) return IsNumber(Digits[last]) ? isPoint ? NumberShape.DecimalPoint : NumberShape.DecimalComma : NumberShape.None;
            if (points + commas > 1) return IsNumber(isPoint ? ',' : '.') ? isPoint ? NumberShape.GroupPoint : NumberShape.GroupComma : NumberShape.None;
            if (!IsNumber(Digits[last])) return NumberShape.None;
            if (Exponent == 0 && last is >= 1 and <= 3 && Digits.Length - last - 1 == 3 && Digits[0] != '0')
                return isPoint ? NumberShape.EitherPoint : NumberShape.EitherComma;
            return isPoint ? NumberShape.DecimalPoint : NumberShape.DecimalComma;
        }
    }

    private bool IsNumber(char decimalMark) => TryValue(decimalMark, false, out _);

    // Groups of three, the first may be shorter; or as in India of two before the last three.
    private static bool TryUngroup(string whole, out string digits)
    {
        digits = whole;
        if (!whole.AsSpan().ContainsAnyExceptInRange('0', '9')) return true;
        var mark = whole.First(static character => !char.IsAsciiDigit(character));
        var groups = whole.Split(mark);
        digits = string.Concat(groups);
        if (digits.AsSpan().ContainsAnyExceptInRange('0', '9') || groups[^1].Length != 3) return false;
        return groups.Length switch
        {
            2 => groups[0].Length is >= 1 and <= 3,
            _ when groups[1..^1].All(static group => group.Length == 3) => groups[0].Length is >= 1 and <= 3,
            _ => groups[0].Length is 1 or 2 && groups[1..^1].All(static group => group.Length == 2),
        };
    }

    private static bool IsMinus(Group sign) => sign.Success && sign.ValueSpan is not ("+" or "＋");

    private static double? MultipleOf(string suffix) => suffix switch
    {
        "k" or "K" or "Tsd" or "Tsd." => 1e3,
        "M" or "m" or "Mio" or "Mio." or "mn" or "mln" => 1e6,
        "B" or "b" or "bn" or "G" or "Mrd" or "Mrd." => 1e9,
        "T" or "tn" => 1e12,
        _ => null,
    };

    // A sign, a currency, digits with marks between them, an exponent, a unit; in brackets, as accountants write what is negative; or with the minus behind.
    [GeneratedRegex("""
        ^\s*(?<open>\()?\s*(?<sign>[-+−‒–﹣－＋])?\s*
        (?<currency>[A-Z]{0,3}\p{Sc}|(?:USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|RUB
          |TRY|KRW|ZAR|SGD|HKD|SFr\.?|Fr\.|Rs\.?|kr\.?)(?=[\s\d.,+−-]))?
        \s*(?<inner>[-+−‒–﹣－＋])?\s*
        (?<digits>[0-9](?:[0-9.,'’_\u0020\u00A0\u202F\u2009\u2007]*[0-9])?[.,]?|[.,][0-9]+)
        (?:[eE](?<exponent>[-+−]?[0-9]{1,4})|\s?[×x*·]\s?10\^?(?<exponent>[-+−]?[0-9]{1,3}))?
        \s*(?<unit>[%‰°\p{L}\p{Sc}"″′][\p{L}\p{Sc}\p{M}%‰°/²³^·.\u0020\u00A0\u202F]{0,15})?
        \s*(?<behind>[-−])?\s*(?<close>\))?\s*$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }

    [GeneratedRegex(@"^\s*(?<sign>[-+−])?\s*(?:(?<whole>[0-9]{1,9})\s+)?(?<above>[0-9]{1,9})\s?[/⁄]\s?(?<below>[0-9]{1,9})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Ratio { get; }
}
