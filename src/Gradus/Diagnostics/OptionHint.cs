using System.Globalization;

namespace Gradus;

/// <summary>
/// An option that a message names, and the value that it advises. Where options have other names, as the flags of a command line, <see cref="OptionMessage"/>
/// tells the message in these.
/// </summary>
/// <param name="Name">The property, parameter or method: <c>Decimal</c>.</param>
/// <param name="Value">The value: <c>DecimalMark.Comma</c>; null for the name alone.</param>
/// <param name="Key">Where the option is a dictionary, the key that the value belongs to; null for other options.</param>
public sealed record OptionHint(string Name, object? Value = null, string? Key = null)
{
    /// <summary>The option as C# sets it: <c>Decimal = DecimalMark.Comma</c>, <c>Kinds["price"] = ColumnKind.Text</c>, <c>Target</c>.</summary>
    public override string ToString()
    {
        var place = Key is null ? Name : $"{Name}[{Literal(Key)}]";
        return Value is null ? place : $"{place} = {Literal(Value)}";
    }

    private static string Literal(object value) => value switch
    {
        Enum => $"{value.GetType().Name}.{value}",
        char character => $"'{(character == '\t' ? @"\t" : character)}'",
        string text => $"\"{PlainText.Of(text).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        IEnumerable<string> texts => $"[{string.Join(", ", texts.Select(Literal))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
