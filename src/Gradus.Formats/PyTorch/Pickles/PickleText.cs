using System.Globalization;
using System.Numerics;
using System.Text;

namespace Gradus.Formats;

/// <summary>What pickle protocol 0 writes as text, and what values are called in messages.</summary>
internal static class PickleText
{
    // No model has a longer number, and reading one takes time that grows with the square of its length.
    private const int MostDigits = 1024;

    /// <summary>What a value is, for messages.</summary>
    public static string KindOf(object value) => value switch
    {
        PickleNone => "None",
        bool => "a boolean",
        long or BigInteger => "a number",
        double => "a number",
        string => "a text",
        byte[] => "bytes",
        object[] => "a tuple",
        List<object> => "a list",
        PickleDict => "a dictionary",
        PickleSet => "a set",
        TorchTensor => "a tensor",
        TorchStorage => "a storage",
        PickleGlobal global => PlainText.Quote(global.ToString()),
        PickleObject made => PlainText.Quote(made.Maker),
        _ => "something",
    };

    /// <summary>True or false, which protocol 0 writes as 01 and 00; null for a number.</summary>
    public static object? Boolean(byte[] line, out byte[] same)
    {
        same = line;
        return line is [(byte)'0', (byte)'0' or (byte)'1'] ? line[1] == '1' : null;
    }

    /// <summary>A whole number, behind which an L may stand.</summary>
    public static object Integer(byte[] line, PickleSource source)
    {
        var digits = Encoding.Latin1.GetString(line is [.., (byte)'L'] ? line.AsSpan(..^1) : line);
        if (digits.Length > MostDigits || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw source.Refuse("a number is none");
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    public static double Float(byte[] line, PickleSource source) => Encoding.Latin1.GetString(line) switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "-nan" => double.NaN,
        var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw source.Refuse("a number is none"),
    };

    /// <summary>The bytes of a text as Python 2 prints it, in quotes and with escapes.</summary>
    public static byte[] Unquote(byte[] line, PickleSource source)
    {
        if (line.Length < 2 || line[0] != line[^1] || line[0] is not ((byte)'\'' or (byte)'"')) throw source.Refuse("a text stands in no quotes");
        var bytes = new List<byte>();
        for (var at = 1; at < line.Length - 1; at++)
        {
            if (line[at] != '\\')
            {
                bytes.Add(line[at]);
                continue;
            }

            at++;
            if (line[at] == 'x' && at + 2 < line.Length - 1 && byte.TryParse(line.AsSpan(at + 1, 2), NumberStyles.HexNumber, null, out var value))
            {
                bytes.Add(value);
                at += 2;
                continue;
            }

            bytes.Add(line[at] switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', var plain => plain });
        }

        return [.. bytes];
    }

    /// <summary>A text in which \uXXXX and \UXXXXXXXX stand for characters.</summary>
    public static string Unescape(string text, PickleSource source)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var digits = text[at] != '\\' || at + 1 == text.Length ? 0 : text[at + 1] switch { 'u' => 4, 'U' => 8, _ => 0 };
            if (digits == 0)
            {
                plain.Append(text[at]);
                continue;
            }

            if (at + 2 + digits > text.Length || !int.TryParse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, null, out var code) ||
                code is < 0 or > 0x10FFFF)
            {
                throw source.Refuse("an escape in a text is none");
            }

            if (code is >= 0xD800 and < 0xE000) plain.Append((char)code);
            else plain.Append(char.ConvertFromUtf32(code));
            at += 1 + digits;
        }

        return plain.ToString();
    }
}
