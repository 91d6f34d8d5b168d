using System.Text.Json;
using System.Text.Unicode;

namespace Gradus.Formats;

/// <summary>Reads the header of a safetensors file, which may have been made to do harm.</summary>
internal ref struct HeaderReader
{
    /// <summary>The format's limit, so that a damaged length does not become an allocation.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>
    /// Tensors and words of metadata that are read, each: the largest models have a hundred
    /// thousand. One of nothing takes 60 bytes in a file and a thousand in memory.
    /// </summary>
    public const int MostEntries = 1 << 17;

    // More than any format of numbers knows, and few enough that a header of nothing but axes is not kept.
    private const int MostAxes = 64;

    public const string MetadataName = "__metadata__";

    private readonly string _file;
    private Utf8JsonReader _json;

    private HeaderReader(ReadOnlySpan<byte> header, string file)
    {
        _file = file;
        _json = new Utf8JsonReader(header);
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="header">Its bytes.</param>
    /// <param name="dataLength">How many bytes of data follow it.</param>
    /// <param name="file">What error messages call the file.</param>
    public static SafeTensorsHeader Read(ReadOnlySpan<byte> header, long dataLength, string file)
    {
        if (!Utf8.IsValid(header))
        {
            throw new InvalidDataException(
                $"{file}: the header (bytes 8 to {header.Length + 8}) is not UTF-8. The file is damaged, or is no safetensors file.");
        }

        var reader = new HeaderReader(header, file);
        try
        {
            var (entries, metadata) = reader.ReadObject();
            entries.Sort(static (left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
            CheckRanges(entries, dataLength, file);
            var hasChecksums = Checksums.Take(entries, metadata, file);
            return new SafeTensorsHeader(entries, metadata, header.Length + sizeof(ulong)) { HasChecksums = hasChecksums };
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{file}: at byte {reader._json.BytesConsumed + sizeof(ulong)}: the header is not JSON: {exception.Message}", exception);
        }
    }

    private (List<SafeTensorsEntry> Entries, Dictionary<string, string> Metadata) ReadObject()
    {
        var entries = new List<SafeTensorsEntry>();
        var names = new HashSet<string>();
        Dictionary<string, string>? metadata = null;
        _json.Read();
        Require(JsonTokenType.StartObject, "an object of tensors");
        while (NextProperty() is { } name)
        {
            if (name == MetadataName)
            {
                if (metadata is not null) throw Fault($"'{MetadataName}' is given twice");
                metadata = ReadMetadata();
            }
            else
            {
                if (!names.Add(name)) throw Fault($"tensor '{PlainText.Quote(name)}' is given twice");
                if (names.Count > MostEntries) throw Fault($"more than {MostEntries} tensors");
                entries.Add(ReadEntry(name));
            }
        }

        // Only spaces may follow; anything else is a JsonException.
        _json.Read();
        return (entries, metadata ?? []);
    }

    private Dictionary<string, string> ReadMetadata()
    {
        var metadata = new Dictionary<string, string>();
        _json.Read();
        Require(JsonTokenType.StartObject, "an object of strings as metadata");
        while (NextProperty() is { } key)
        {
            _json.Read();
            Require(JsonTokenType.String, "a string as metadata", key);
            if (!metadata.TryAdd(key, Text())) throw Fault($"metadata '{PlainText.Quote(key)}' is given twice");
            if (metadata.Count > MostEntries) throw Fault($"more than {MostEntries} words of metadata");
        }

        return metadata;
    }

    private SafeTensorsEntry ReadEntry(string name)
    {
        string? dtype = null;
        List<long>? shape = null, offsets = null;
        _json.Read();
        Require(JsonTokenType.StartObject, "an object for tensor", name);
        while (NextProperty() is { } property)
        {
            _json.Read();
            switch (property)
            {
                case "dtype":
                    Require(JsonTokenType.String, "a string as dtype of tensor", name);
                    dtype = dtype is null ? Text() : throw Fault($"tensor '{PlainText.Quote(name)}' has two dtypes");
                    break;
                case "shape":
                    shape = shape is null ? Numbers("shape", name, MostAxes) : throw Fault($"tensor '{PlainText.Quote(name)}' has two shapes");
                    break;
                case "data_offsets":
                    if (offsets is not null) throw Fault($"tensor '{PlainText.Quote(name)}' has data_offsets twice");
                    offsets = Numbers("data_offsets", name, MostAxes);
                    break;
                default:
                    // What a later version of the format may add.
                    _json.Skip();
                    break;
            }
        }

        if (dtype is null || shape is null || offsets is null)
        {
            throw Fault($"tensor '{PlainText.Quote(name)}' needs dtype, shape and data_offsets; " +
                $"{(dtype is null ? "dtype" : shape is null ? "shape" : "data_offsets")} is missing");
        }

        if (offsets.Count != 2) throw Fault($"tensor '{PlainText.Quote(name)}': data_offsets has {offsets.Count} numbers, expected 2");
        CheckSize(name, dtype, shape, offsets[0], offsets[1]);
        return new SafeTensorsEntry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private readonly void CheckSize(string name, string dtype, List<long> shape, long begin, long end)
    {
        if (begin > end) throw Fault($"tensor '{PlainText.Quote(name)}': its data begin at {begin}, after their end at {end}");
        var bits = SafeTensorsTypes.BitsOf(dtype);
        if (bits == 0) throw Fault($"tensor '{PlainText.Quote(name)}': dtype '{PlainText.Quote(dtype)}' is unknown");
        var expected = (Int128)(shape.Contains(0) ? 0 : 1);
        foreach (var size in shape)
        {
            expected *= size;
            if (expected > long.MaxValue)
            {
                throw Fault($"tensor '{PlainText.Quote(name)}': the shape [{string.Join(",", shape.Take(Shape.MaxRank))}] has more elements than can be " +
                    "counted");
            }
        }

        expected *= bits;
        if (expected % 8 != 0) throw Fault($"tensor '{PlainText.Quote(name)}': its elements of {bits} bits end within a byte");
        if (end - begin == expected / 8) return;
        throw Fault($"tensor '{PlainText.Quote(name)}': {dtype}[{string.Join(",", shape.Take(Shape.MaxRank))}] takes {expected / 8} bytes, " +
            $"but data_offsets {begin} to {end} are {end - begin}");
    }

    /// <summary>The data must be covered without overlap and without a hole: nothing hides in a file.</summary>
    private static void CheckRanges(List<SafeTensorsEntry> entries, long dataLength, string file)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            if (entry.End > dataLength)
            {
                throw new InvalidDataException($"{file}: tensor '{PlainText.Quote(entry.Name)}' ends at byte {entry.End} of the data, " +
                    $"which have {dataLength}. The file is cut off.");
            }

            if (entry.Begin < position)
            {
                throw new InvalidDataException($"{file}: tensor '{PlainText.Quote(entry.Name)}' begins at byte {entry.Begin} of the data, " +
                    $"inside the one before it, which ends at {position}.");
            }

            if (entry.Begin > position) throw new InvalidDataException($"{file}: bytes {position} to {entry.Begin} of the data belong to no tensor.");
            position = entry.End;
        }

        if (position != dataLength)
        {
            throw new InvalidDataException($"{file}: the tensors end at byte {position} of the data, but {dataLength - position} more bytes follow.");
        }
    }

    /// <summary>The next property's name, or null at the end of the object.</summary>
    private string? NextProperty()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.EndObject ? null : Text();
    }

    private readonly string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("a string escapes half a surrogate pair");
        }
    }

    private List<long> Numbers(string what, string tensor, int most)
    {
        Require(JsonTokenType.StartArray, $"an array as {what} of tensor", tensor);
        var numbers = new List<long>();
        while (true)
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.EndArray) return numbers;
            if (_json.TokenType != JsonTokenType.Number) Require(JsonTokenType.Number, $"numbers in {what} of tensor", tensor);
            if (!_json.TryGetInt64(out var number) || number < 0)
            {
                throw Fault($"{what} of tensor '{PlainText.Quote(tensor)}': expected whole numbers from 0 to 2^63, " +
                    $"got {System.Text.Encoding.UTF8.GetString(_json.ValueSpan[..Math.Min(40, _json.ValueSpan.Length)])}");
            }

            if (numbers.Count == most) throw Fault($"{what} of tensor '{PlainText.Quote(tensor)}' has more than {most} numbers");
            numbers.Add(number);
        }
    }

    private readonly void Require(JsonTokenType type, string expected, string? name = null)
    {
        if (_json.TokenType != type) throw Fault($"expected {expected}{(name is null ? "" : $" '{PlainText.Quote(name)}'")}, got {_json.TokenType}");
    }

    private readonly InvalidDataException Fault(string what) =>
        new(FormattableString.Invariant($"{_file}: at byte {_json.TokenStartIndex + sizeof(ulong)}: {what}."));
}
