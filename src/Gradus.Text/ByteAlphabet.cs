namespace Gradus.Text;

/// <summary>
/// The letters by which byte-level BPE writes bytes, so that a token is a text without spaces: a printable Latin-1 character stands for its own byte, and the
/// other 68 bytes, in their order, have the characters from U+0100 on. A space is Ġ, a new line Ċ.
/// </summary>
/// <remarks>Radford et al., "Language models are unsupervised multitask learners", 2019.</remarks>
internal static class ByteAlphabet
{
    private const int Others = 0x100;

    private static readonly char[] Letters = MakeLetters();
    private static readonly Dictionary<char, byte> Bytes = Letters.Select(static (letter, value) => (letter, value))
        .ToDictionary(static pair => pair.letter, static pair => (byte)pair.value);

    /// <summary>The letter of a byte.</summary>
    public static char LetterOf(byte value) => Letters[value];

    /// <summary>The text by which bytes are written.</summary>
    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        for (var index = 0; index < text.Length; index++) text[index] = Letters[bytes[index]];
        return new string(text);
    }

    /// <summary>The bytes that a text stands for; null where a letter stands for none.</summary>
    public static byte[]? BytesOf(string text)
    {
        var bytes = new byte[text.Length];
        for (var index = 0; index < bytes.Length; index++)
        {
            if (!Bytes.TryGetValue(text[index], out bytes[index])) return null;
        }

        return bytes;
    }

    private static char[] MakeLetters()
    {
        var letters = new char[256];
        var next = Others;
        for (var value = 0; value < letters.Length; value++)
        {
            letters[value] = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE ? (char)value : (char)next++;
        }

        return letters;
    }
}
