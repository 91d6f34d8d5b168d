using System.Globalization;
using System.Text;

namespace Gradus.Data;

/// <summary>Reads text files for language modeling by characters: UTF-8, plain or gzip.</summary>
public static class TextFile
{
    // A character takes two bytes of memory: a gibibyte at most.
    private const int MostCharacters = 1 << 29;
    private const int MostDifferent = 1 << 16;

    /// <summary>Reads a text. Its first part is the training set, its last part the validation set; the test set is empty.</summary>
    /// <remarks>The file is read twice, first for its length and vocabulary. It takes two bytes of memory per character.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">The options. Default: null, those of <see cref="TextOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The context is below 1, or the validation share is not in [0, 1).</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not UTF-8, is empty, too short for a window or too long, or has a character that is not in the vocabulary.
    /// </exception>
    public static DataSplit Load(string path, TextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new TextOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Context, 1, nameof(options));
        if (!(options.ValidationShare is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.ValidationShare, "The share is a number from 0 to below 1.");
        }

        var (count, found) = Survey(path);
        var valid = (int)(count * options.ValidationShare);
        CheckLength(path, count, valid, options);
        var vocabulary = options.Vocabulary ?? found;
        if (vocabulary.Count > MostDifferent)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: a vocabulary of {vocabulary.Count:N0} characters; a text is kept as numbers below {MostDifferent:N0}."));
        }

        var tokens = Read(path, count, vocabulary);
        var bytes = vocabulary.Characters.Select(Encoding.UTF8.GetByteCount).ToArray();
        var name = Path.GetFileName(path);
        return new DataSplit(Part(0, count - valid), Part(count - valid, valid), Part(count, 0));

        Dataset Part(int start, int length)
        {
            var part = tokens.AsMemory(start, length);
            var size = 0L;
            foreach (var token in part.Span) size += bytes[token];
            return Dataset.OfTokens(name, part, options.Context, vocabulary.Characters, length == 0 ? null : (double)size / length);
        }
    }

    /// <summary>The texts for training and for validation, cut where <see cref="Load"/> cuts them.</summary>
    /// <inheritdoc cref="Load"/>
    internal static (string Train, string Valid) ReadParts(string path, double validationShare)
    {
        var (count, _) = Survey(path);
        var train = count - (int)(count * validationShare);
        using var reader = new Utf8Reader(path);
        var parts = (Train: new StringBuilder(), Valid: new StringBuilder());
        Span<char> letters = stackalloc char[2];
        for (var index = 0; reader.TryRead(out var character); index++)
        {
            (index < train ? parts.Train : parts.Valid).Append(letters[..character.EncodeToUtf16(letters)]);
        }

        return (parts.Train.ToString(), parts.Valid.ToString());
    }

    /// <summary>Counts the characters of a file and collects its vocabulary.</summary>
    private static (int Count, Vocabulary Found) Survey(string path)
    {
        using var reader = new Utf8Reader(path);
        var count = 0;
        var found = new HashSet<Rune>();
        while (reader.TryRead(out var character))
        {
            if (++count > MostCharacters)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"{path}: more than {MostCharacters:N0} characters; they are all kept in memory. Take a part of the file."));
            }

            if (found.Add(character) && found.Count > MostDifferent)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"{path}: more than {MostDifferent:N0} different characters; expected a text."));
            }
        }

        return count > 0
            ? (count, new Vocabulary(found.Order().Select(static rune => rune.ToString())))
            : throw new InvalidDataException($"{path}: the file is empty.");
    }

    private static ushort[] Read(string path, int count, Vocabulary vocabulary)
    {
        using var reader = new Utf8Reader(path);
        var tokens = new ushort[count];
        for (var index = 0; index < count; index++)
        {
            var at = reader.Position;
            if (!reader.TryRead(out var character)) throw new IOException($"{path}: the file has become shorter while it was read.");
            tokens[index] = vocabulary.TryGetNumber(character, out var number)
                ? (ushort)number
                : throw new InvalidDataException($"{path}: byte {at}: {vocabulary.Unknown(character)}");
        }

        return tokens;
    }

    private static void CheckLength(string path, int count, int valid, TextOptions options)
    {
        // A window, and the character after it.
        var least = options.Context + 1;
        if (count - valid >= least && (options.ValidationShare == 0 || valid >= least)) return;
        var needed = Math.Ceiling(least / (options.ValidationShare == 0 ? 1 : Math.Min(options.ValidationShare, 1 - options.ValidationShare)));
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"{path}: {count} characters are too few for windows of {options.Context}, " +
            $"{valid} of them for validation; expected at least {needed}, or a shorter context."));
    }
}
