using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Gradus.Cli.Output;

/// <summary>A value that stands beside the tensors of a file, as text and as JSON.</summary>
internal static class StoredValue
{
    // A text of a file may be as long as the file.
    private const int LongestText = 1000;

    public static string Text(object? value)
    {
        var text = value switch
        {
            null => "None",
            byte[] bytes => $"{bytes.Length} bytes",
            object?[] items => $"[{string.Join(", ", items.Take(LongestText).Select(Text))}]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return text.Length <= LongestText ? text : $"{text[..LongestText]}…";
    }

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or double.NaN or double.PositiveInfinity or double.NegativeInfinity:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double real:
                json.WriteNumberValue(real);
                break;
            case BigInteger big:
                json.WriteRawValue(big.ToString(CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case object?[] items:
                json.WriteStartArray();
                foreach (var item in items) Write(json, item);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
