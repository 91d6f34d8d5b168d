using System.Numerics;

namespace Gradus.Formats;

/// <summary>A file of PyTorch, opened: what its pickle says, and where its storages are.</summary>
/// <param name="Contents">Tensors, values, and what was left out.</param>
/// <param name="Storages">The storages.</param>
internal sealed record TorchArchive(CheckpointContents Contents, TorchStorages Storages)
{
    private const string Pickle = "data.pkl";

    // What the objects of a pickle may take, and their names: much for a small file, and in proportion for a large one.
    private const long ObjectsAllowed = 40 << 20;
    private const long NamesAllowed = 16 << 20;
    private const int TimesTheFile = 3;

    private const long LongestPickle = 1 << 28;
    private const int HighestRatio = 100;

    // The first two pickles of the format before version 1.6.
    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);
    private const long LegacyVersion = 1001;

    /// <summary>Opens a file.</summary>
    /// <param name="stream">The file, which can seek, at its beginning.</param>
    /// <param name="file">What error messages call it.</param>
    /// <exception cref="InvalidDataException">It is damaged, or no file of weights.</exception>
    public static TorchArchive Open(Stream stream, string file)
    {
        var start = new byte[FileKind.Start];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.AsSpan().StartsWith("PK"u8)) return OpenZip(stream, file);
        if (start is [0x80, >= 2 and <= 5, ..] || start.AsSpan().StartsWith("L119547037146038801333356"u8)) return OpenLegacy(stream, file);
        throw TorchStranger.Refuse(start, file);
    }

    private static TorchArchive OpenZip(Stream stream, string file)
    {
        var parts = new Dictionary<string, ZipPart>(StringComparer.Ordinal);
        foreach (var part in new ZipDirectory(stream, file).Read())
        {
            if (!parts.TryAdd(part.Name, part)) throw new InvalidDataException($"{file}: '{PlainText.Quote(part.Name)}' is there twice.");
        }

        // All parts lie in one folder, called as the file was.
        string[] pickles = [.. parts.Keys.Where(static name =>
            name.EndsWith($"/{Pickle}", StringComparison.Ordinal) && name.IndexOf('/') == name.Length - Pickle.Length - 1)];
        if (pickles.Length != 1)
        {
            stream.Position = 0;
            throw pickles.Length == 0
                ? TorchStranger.RefuseZip(parts.Keys, stream, file)
                : new InvalidDataException($"{file}: it holds {pickles.Length} checkpoints: {PlainText.QuoteAll(pickles)}; expected one.");
        }

        var folder = pickles[0][..^Pickle.Length];
        if (parts.ContainsKey($"{folder}constants.pkl") || parts.Keys.Any(name => name.StartsWith($"{folder}code/", StringComparison.Ordinal)))
        {
            throw new InvalidDataException(
                $"{file}: this is a TorchScript archive, a program with its weights. {TorchKinds.Advice} " +
                "Of the program: torch.jit.load(\"…\").state_dict().");
        }

        CheckByteOrder(stream, parts, folder, file);
        var pickle = parts[pickles[0]];
        var what = $"{file}: {Pickle}";
        if (pickle.Length > LongestPickle || (pickle.IsDeflated && pickle.Length / HighestRatio > pickle.CompressedLength))
        {
            throw new InvalidDataException(
                $"{what}: {pickle.Length} bytes, packed in {pickle.CompressedLength}; at most {LongestPickle} are read, " +
                $"and {HighestRatio} times those that are packed.");
        }

        var objects = new TorchObjects();
        var root = ZipContents.Read(stream, pickle, what, data =>
        {
            var source = new PickleSource(data, pickle.Length, what);
            var value = new PickleMachine(source, BudgetOf(source, stream), objects).Read();
            return source.Left == 0 ? value : throw source.Refuse($"its end, and {source.Left} bytes follow");
        });
        return Of(root, new ZipStorages(stream, parts, folder, file), objects, stream, file);
    }

    private static void CheckByteOrder(Stream stream, Dictionary<string, ZipPart> parts, string folder, string file)
    {
        if (!parts.TryGetValue($"{folder}byteorder", out var part)) return;
        var what = $"{file}: byteorder";
        if (part.Length > 8) throw new InvalidDataException($"{what}: {part.Length} bytes, expected the word little.");
        var word = ZipContents.Read(stream, part, what, data =>
        {
            var bytes = new byte[part.Length];
            return System.Text.Encoding.Latin1.GetString(bytes, 0, data.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        });
        if (word.TrimEnd() != "little") throw new InvalidDataException($"{what}: its numbers are '{PlainText.Quote(word)}'; only little-endian ones are read.");
    }

    private static TorchArchive OpenLegacy(Stream stream, string file)
    {
        var source = new PickleSource(stream, stream.Length, file);
        var objects = new TorchObjects();
        var machine = new PickleMachine(source, BudgetOf(source, stream), objects);
        if (machine.Read() is not BigInteger magic || magic != Magic)
        {
            throw new InvalidDataException(
                $"{file}: this is a pickle of Python, but not one that torch.save wrote; it is not opened: that could run code. {TorchKinds.Advice}");
        }

        if (machine.Read() is not LegacyVersion) throw source.Refuse($"another version of the format than {LegacyVersion}");
        if (machine.Read() is PickleDict system && system.Items.GetValueOrDefault("little_endian") is false)
            throw new InvalidDataException($"{file}: its numbers are big-endian; only little-endian ones are read.");
        var root = machine.Read();
        string[] keys = machine.Read() is List<object> list && list.All(static key => key is string)
            ? [.. list.Cast<string>()]
            : throw source.Refuse("the names of its storages are no list of texts");
        return Of(root, new LegacyStorages(stream, source.Position, keys, objects.Storages, file), objects, stream, file);
    }

    private static TorchArchive Of(object root, TorchStorages storages, TorchObjects objects, Stream stream, string file)
    {
        var contents = new CheckpointWalk(file, NamesAllowed + stream.Length).Walk(root);
        foreach (var storage in objects.Storages.Values) storages.Check(storage);
        return new TorchArchive(contents, storages);
    }

    private static PickleBudget BudgetOf(PickleSource source, Stream stream) => new(source, ObjectsAllowed + (TimesTheFile * stream.Length));
}
