using System.Globalization;
using System.Text;

namespace Gradus.Training;

/// <summary>Names and values as C# writes them.</summary>
internal static class Identifiers
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate",
        "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in",
        "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
        "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    // The members of every object, and the class that has the properties.
    private static readonly string[] Taken = ["Row", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize"];

    // Members of exported classes, and types that their code names.
    private static readonly HashSet<string> Used = new(StringComparer.Ordinal)
    {
        "Row", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize", "Prediction", "Classes", "Predict", "SelfTest",
        "Check", "Fork", "Forward", "Finish", "Prepare", "Known", "Buffer", "Weights", "WeightCount", "Checksum", "Embedded", "Text", "Numbers", "NumberOf",
        "MakeNumbers", "Mean", "Deviation", "Pattern", "Context", "Characters", "Encode", "Generate", "NextTokenProbabilities", "Require", "Read", "Restart",
        "Array", "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "Base64", "BinaryPrimitives", "BitConverter", "BitOperations",
        "Convert", "DateTime", "Dictionary", "File", "FormattableString", "Func", "GC", "HashSet", "IReadOnlyList", "InvalidDataException",
        "InvalidOperationException", "Lazy", "List", "Marshal", "Math", "MathF", "MemoryMarshal", "MethodImpl", "MethodImplOptions", "OperationStatus",
        "ReadOnlySpan", "Rune", "SHA256", "Span", "Stream", "StringBuilder", "StringComparer", "StringComparison", "System", "UnicodeCategory", "Unsafe",
        "Vector128", "Vector256", "Vector512",
    };

    /// <summary>Whether exported code uses a name for something else.</summary>
    public static bool IsUsed(string name) => Used.Contains(name);

    /// <summary>Whether a text may be a name.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 200 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(IsPart) && !Keywords.Contains(text);

    /// <summary>A name of words run together, each with a capital: <c>sepal length (cm)</c> becomes <c>SepalLengthCm</c>.</summary>
    /// <param name="text">The words.</param>
    /// <param name="otherwise">The name where there is no letter.</param>
    public static string Name(string text, string otherwise)
    {
        var name = new StringBuilder();
        var isStart = true;
        foreach (var character in text)
        {
            if (!IsPart(character) || character == '_') isStart = true;
            else
            {
                name.Append(isStart ? char.ToUpperInvariant(character) : character);
                isStart = false;
            }

            if (name.Length == 100) break;
        }

        if (name.Length == 0) return otherwise;
        return char.IsLetter(name[0]) ? name.ToString() : otherwise + name;
    }

    /// <summary>Different names for some texts.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> texts, string otherwise)
    {
        var taken = new HashSet<string>(Taken, StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var text in texts)
        {
            var (plain, name) = (Name(text, otherwise), "");
            for (var number = 1; !taken.Add(name = number == 1 ? plain : plain + number.ToString(CultureInfo.InvariantCulture)); number++)
            {
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>A text in quotes.</summary>
    public static string Text(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\') quoted.Append('\\').Append(character);
            else if (character is >= ' ' and <= '~' || char.IsLetterOrDigit(character)) quoted.Append(character);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Texts in brackets.</summary>
    public static string Texts(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text))}]";

    /// <summary>A number, to its last bit.</summary>
    public static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    /// <summary>A text within a comment of documentation, on one line.</summary>
    public static string Document(string text) =>
        PlainText.Of(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static bool IsPart(char character) => character == '_' || char.IsLetterOrDigit(character);
}
