using System.Globalization;
using System.Text;

namespace Gradus.Formats;

/// <summary>
/// The checksums that are kept in a safetensors file's metadata, where other readers pass
/// over them. All are CRC-32, as <see cref="Crc32"/> has it, in hexadecimal.
/// </summary>
/// <remarks>
/// There are two words: the tensors' checksums one behind the other in the order of their data, 8 digits each; and one of everything that the header
/// says. Of the header the meaning is summed and not the bytes, so that a program which writes the same in another order or notation leaves it right:
/// the lines name, type, sizes, begin, end of each tensor in the order of the data, then key and value of the other metadata in the order of the
/// keys. Either word without the other is damage.
/// </remarks>
internal static class Checksums
{
    public const string TensorsKey = "gradus.crc32.tensors";
    public const string HeaderKey = "gradus.crc32.header";

    /// <summary>How many words of metadata they are.</summary>
    public const int Words = 2;

    private const int Digits = 8;

    /// <summary>The metadata with both checksums among them.</summary>
    /// <param name="entries">The tensors, each with its checksum, in the order of their data.</param>
    /// <param name="metadata">The metadata without.</param>
    public static SortedDictionary<string, string> Add(IReadOnlyList<SafeTensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in metadata ?? new Dictionary<string, string>()) all[key] = value;
        all.Remove(HeaderKey);
        all[TensorsKey] = string.Concat(entries.Select(static entry => Text(entry.Checksum ?? 0)));
        all[HeaderKey] = Text(OfHeader(entries, all));
        return all;
    }

    /// <summary>Takes the checksums out of the metadata, checks that of the header, and gives each tensor its own.</summary>
    /// <param name="entries">The tensors in the order of their data.</param>
    /// <param name="metadata">The metadata, which lose the checksums.</param>
    /// <param name="file">What error messages call the file.</param>
    /// <returns>Whether there are checksums.</returns>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static bool Take(List<SafeTensorsEntry> entries, Dictionary<string, string> metadata, string file)
    {
        var hasHeader = metadata.Remove(HeaderKey, out var expected);
        var hasTensors = metadata.TryGetValue(TensorsKey, out var words);
        if (!hasHeader && !hasTensors) return false;
        if (!hasHeader || !hasTensors)
        {
            throw new InvalidDataException($"{file}: the header has '{(hasHeader ? HeaderKey : TensorsKey)}' in its metadata and not " +
                $"'{(hasHeader ? TensorsKey : HeaderKey)}': the file is damaged.");
        }

        var actual = Text(OfHeader(entries, new SortedDictionary<string, string>(metadata, StringComparer.Ordinal)));
        if (actual != expected)
            throw new InvalidDataException($"{file}: what the header says has the checksum {actual}, expected {PlainText.Quote(expected!)}: {Advice}");
        if (words!.Length != Digits * (long)entries.Count)
            throw new InvalidDataException($"{file}: {words.Length} digits of checksums for {entries.Count} tensors: {Advice}");
        for (var index = 0; index < entries.Count; index++)
        {
            if (!uint.TryParse(words.AsSpan(Digits * index, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum))
                throw new InvalidDataException($"{file}: '{TensorsKey}' holds more than hexadecimal digits: {Advice}");
            entries[index] = entries[index] with { Checksum = checksum };
        }

        return metadata.Remove(TensorsKey);
    }

    /// <summary>Checks a tensor that was read.</summary>
    /// <exception cref="InvalidDataException">Its bytes are not those that were written.</exception>
    public static void Check(SafeTensorsEntry entry, uint checksum, string what)
    {
        if (entry.Checksum is { } expected && expected != checksum)
            throw new InvalidDataException($"{what}: its bytes have the checksum {Text(checksum)}, expected {Text(expected)}: {Advice}");
    }

    private static string Advice =>
        "the file is damaged, or was changed by a program that kept the old checksums; " +
        $"if so, remove '{TensorsKey}' and '{HeaderKey}' from its metadata.";

    private static uint OfHeader(IEnumerable<SafeTensorsEntry> entries, SortedDictionary<string, string> metadata)
    {
        var checksum = new Crc32();
        // Tensors of nothing may lie at one place: their names order them.
        foreach (var entry in entries.OrderBy(static entry => (entry.Begin, entry.End)).ThenBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            Append(checksum, entry.Name);
            Append(checksum, entry.DType);
            Append(checksum, string.Join(',', entry.Shape.Select(static size => size.ToString(CultureInfo.InvariantCulture))));
            Append(checksum, entry.Begin.ToString(CultureInfo.InvariantCulture));
            Append(checksum, entry.End.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var (key, value) in metadata)
        {
            Append(checksum, key);
            Append(checksum, value);
        }

        return checksum.Value;
    }

    private static void Append(Crc32 checksum, string line)
    {
        checksum.Append(Encoding.UTF8.GetBytes(line));
        checksum.Append("\n"u8);
    }

    private static string Text(uint checksum) => checksum.ToString("x8", CultureInfo.InvariantCulture);
}
