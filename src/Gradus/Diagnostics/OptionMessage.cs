using System.Globalization;
using System.Runtime.CompilerServices;

namespace Gradus;

/// <summary>
/// A text that may name options, each an <see cref="OptionHint"/>. <see cref="ToString"/> names them as C# does, <see cref="ToText"/> as the caller does:
/// <c>OptionMessage.Of(exception).ToText(hint => "--" + hint.Name)</c>. An interpolated string becomes one: <c>OptionMessage note = $"rows: {3}";</c>.
/// </summary>
[InterpolatedStringHandler]
public sealed class OptionMessage
{
    private static readonly object Key = typeof(OptionMessage);

    // Texts and hints in their order.
    private readonly List<object> _parts;

    /// <summary>An empty message, to which the compiler appends the parts of an interpolated string.</summary>
    /// <param name="literalLength">Characters outside the braces.</param>
    /// <param name="formattedCount">Braces.</param>
    public OptionMessage(int literalLength, int formattedCount) => _parts = new List<object>(formattedCount + (literalLength > 0 ? formattedCount + 1 : 0));

    /// <summary>A message that names no option.</summary>
    public OptionMessage(string text) => _parts = [text];

    /// <summary>What an exception says: with its options where it names any, else its <see cref="Exception.Message"/>.</summary>
    public static OptionMessage Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Data[Key] as OptionMessage ?? new OptionMessage(exception.Message);
    }

    /// <summary>Appends text.</summary>
    public void AppendLiteral(string value) => _parts.Add(value);

    /// <summary>Appends an option.</summary>
    public void AppendFormatted(OptionHint hint) => _parts.Add(hint);

    /// <summary>Appends another message with its options.</summary>
    public void AppendFormatted(OptionMessage? message) => _parts.AddRange(message?._parts ?? []);

    /// <summary>Appends a value in the invariant culture.</summary>
    public void AppendFormatted<T>(T value) =>
        _parts.Add((value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString()) ?? "");

    /// <summary>The text with its options as C# names them.</summary>
    public override string ToString() => ToText(static hint => hint.ToString());

    /// <summary>The text with its options as the caller names them.</summary>
    /// <param name="nameOf">From an option to what stands for it in the text.</param>
    public string ToText(Func<OptionHint, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        return string.Concat(_parts.Select(part => part is OptionHint hint ? nameOf(hint) : (string)part));
    }

    /// <summary>Several messages as one.</summary>
    internal static OptionMessage Join(string separator, IEnumerable<OptionMessage> messages)
    {
        var all = new OptionMessage(0, 0);
        foreach (var message in messages)
        {
            if (all._parts.Count > 0) all.AppendLiteral(separator);
            all.AppendFormatted(message);
        }

        return all;
    }

    /// <summary>An exception that keeps this message, which <see cref="Of"/> then gives.</summary>
    /// <param name="make">From the text to the exception.</param>
    internal T In<T>(Func<string, T> make) where T : Exception
    {
        var exception = make(ToString());
        exception.Data[Key] = this;
        return exception;
    }

    /// <summary>A file's content that is wrong, or needs an option.</summary>
    internal static InvalidDataException InvalidData(OptionMessage message, Exception? inner = null) =>
        message.In(text => new InvalidDataException(text, inner));

    /// <summary>A word or an option that is wrong.</summary>
    internal static FormatException Format(OptionMessage message) => message.In(static text => new FormatException(text));
}
