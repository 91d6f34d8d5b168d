using System.Text;

namespace Gradus.Formats;

/// <summary>
/// Reads what a file of TorchSharp says of its tensors: how many there are, and of each the length of its name, the name, type, rank, sizes and elements. All
/// whole numbers are <see cref="Leb128"/>. A single tensor has neither count nor name.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="file">What error messages call it.</param>
internal sealed class TorchSharpReader(Stream stream, string file)
{
    /// <summary>The name of a tensor that is saved by itself.</summary>
    public const string Alone = CheckpointWalk.Alone;

    private const int LongestName = 1 << 16;

    /// <summary>All tensors, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or holds something else.</exception>
    public List<TorchSharpEntry> Read()
    {
        if (stream.Length == 0) throw new InvalidDataException($"{file}: the file is empty.");
        if (ReadAlone() is { } alone) return [alone];
        stream.Position = 0;
        if (FileKind.Of(stream) is { } kind) throw OptionMessage.InvalidData($"{file}: {kind.Instead(".dat file of TorchSharp")}");
        var entries = new List<TorchSharpEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var count = Number("how many tensors there are");
        if (count > stream.Length) throw Refuse($"{count} tensors in a file of {stream.Length} bytes");
        while (entries.Count < count)
        {
            var entry = ReadEntry(ReadName());
            if (!names.Add(entry.Name)) throw Refuse($"'{PlainText.Quote(entry.Name)}' is there twice");
            entries.Add(entry);
            stream.Position = entry.Start + entry.Bytes;
        }

        return stream.Position == stream.Length ? entries : throw Refuse($"{stream.Length - stream.Position} bytes follow the last tensor");
    }

    /// <summary>The tensor that fills the file; null where the file holds anything else.</summary>
    private TorchSharpEntry? ReadAlone()
    {
        stream.Position = 0;
        try
        {
            var entry = ReadEntry(Alone);
            return entry.Start + entry.Bytes == stream.Length ? entry : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private string ReadName()
    {
        var length = Number("the length of a name");
        if (length > Math.Min(LongestName, stream.Length - stream.Position)) throw Refuse($"a name of {length} bytes");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        try
        {
            return StrictUtf8.Encoding.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"{file}: at byte {stream.Position}: the name of a tensor is not UTF-8.{Advice}", exception);
        }
    }

    private TorchSharpEntry ReadEntry(string name)
    {
        var what = $"tensor '{PlainText.Quote(name)}'";
        var code = Number("the type of a tensor");
        if (TorchSharpTypes.Of(code) is not { } type) throw Refuse($"{what} has elements of type {code}, which Gradus does not have");
        var rank = Number("the rank of a tensor");
        if (rank > Shape.MaxRank) throw Refuse($"{what} has {rank} axes; at most {Shape.MaxRank} are read");
        var sizes = new int[rank];
        var bytes = (Int128)Elements.SizeOf(type.Type);
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            var size = Number("the size of an axis");
            if (size > int.MaxValue) throw Refuse($"{what} has an axis of {size}; at most {int.MaxValue} are read");
            sizes[axis] = (int)size;
            bytes *= size;
        }

        var left = stream.Length - stream.Position;
        if (bytes > left) throw Refuse($"{what} takes {bytes} bytes, but only {left} follow");
        try
        {
            return new TorchSharpEntry(name, type.Word, type.Type, Shape.Adopt(sizes), stream.Position);
        }
        catch (GradusException exception)
        {
            // An axis of 0 among huge ones.
            throw new InvalidDataException($"{file}: {what}: {exception.Message}", exception);
        }
    }

    private long Number(string what) => Leb128.Read(stream) is >= 0 and var number
        ? number
        : throw Refuse($"{what} is missing: the file is cut off or damaged");

    private InvalidDataException Refuse(string reason) => new($"{file}: at byte {stream.Position}: {reason}.{Advice}");

    private const string Advice = " A .dat file is read that TorchSharp's Module.save or Tensor.save wrote; the state of an optimizer is not.";
}
