using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gradus.Training;

/// <summary>C# that is being written, line by line.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or an empty one.</summary>
    public void Line(string text = "")
    {
        if (text.Length > 0) _text.Append(' ', 4 * _depth).Append(text);
        _text.Append('\n');
    }

    /// <summary>Writes lines that were written elsewhere, at this depth.</summary>
    public void Lines(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n')) Line(line);
    }

    /// <summary>Writes a text as it is, without a depth.</summary>
    public void Raw(string text) => _text.Append(text);

    /// <summary>Begins a block below a line.</summary>
    public void Open(string text)
    {
        Line(text);
        Line("{");
        _depth++;
    }

    /// <summary>Ends a block.</summary>
    public void Close(string after = "")
    {
        _depth--;
        Line("}" + after);
    }

    /// <summary>Writes a summary for what follows.</summary>
    public void Summary(string text) => Line($"/// <summary>{text}</summary>");

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>A text with its numbers as C# has them.</summary>
    public static string Of(ref DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
