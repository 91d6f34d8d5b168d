using System.Globalization;

namespace Gradus.Formats;

/// <summary>Reads the dictionary <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }</c>: this much of Python and no more.</summary>
/// <param name="text">The header.</param>
/// <param name="file">What error messages call the file.</param>
/// <param name="start">Where in the file the text begins.</param>
internal sealed class PythonHeader(string text, string file, int start)
{
    private int _at;

    public (string Type, bool IsFortran, List<long> Shape) Read()
    {
        string? type = null;
        bool? isFortran = null;
        List<long>? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            var key = Quoted();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = Peek() == '[' ? throw Fault("arrays with fields cannot be read; expected one element type") : Quoted();
                    break;
                case "fortran_order" when isFortran is null:
                    isFortran = Truth();
                    break;
                case "shape" when shape is null:
                    shape = Tuple();
                    break;
                default:
                    throw Fault($"'{key}' is unexpected; there must be descr, fortran_order and shape, once each");
            }

            if (TryTake(',')) continue;
            Expect('}');
            break;
        }

        Peek();
        if (_at < text.Length) throw Fault("nothing may follow the dictionary");
        if (type is null || isFortran is null || shape is null)
        {
            throw Fault($"{(type is null ? "descr" : isFortran is null ? "fortran_order" : "shape")} is missing");
        }

        return (type, isFortran.Value, shape);
    }

    private string Quoted()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"')) throw Fault("expected a string in quotes");
        var end = text.IndexOf(quote, _at + 1);
        if (end < 0) throw Fault("a string has no end");
        var value = text[(_at + 1)..end];
        _at = end + 1;
        return value;
    }

    private bool Truth()
    {
        Peek();
        foreach (var (word, value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
        {
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0) continue;
            _at += word.Length;
            return value;
        }

        throw Fault("expected True or False");
    }

    private List<long> Tuple()
    {
        var numbers = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            Peek();
            var from = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
            if (!long.TryParse(text.AsSpan(from, _at - from), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw Fault("expected the sizes of axes, from 0 to 2^63");
            }

            // Python 2 marked its long integers.
            if (_at < text.Length && text[_at] is 'L' or 'l') _at++;
            numbers.Add(number);
            if (TryTake(',')) continue;
            Expect(')');
            break;
        }

        return numbers;
    }

    /// <summary>The next character that is not a space, or 0 at the end.</summary>
    private char Peek()
    {
        while (_at < text.Length && text[_at] is ' ' or '\n') _at++;
        return _at < text.Length ? text[_at] : '\0';
    }

    private bool TryTake(char expected)
    {
        if (Peek() != expected) return false;
        _at++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected)) throw Fault($"expected '{expected}'");
    }

    private InvalidDataException Fault(string what) => new($"{file}: at byte {start + _at}: {PlainText.Of(what)}.");
}
