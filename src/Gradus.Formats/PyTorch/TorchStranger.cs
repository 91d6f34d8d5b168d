using System.Globalization;
using System.Text;

namespace Gradus.Formats;

/// <summary>What a file is that was given as one of PyTorch and is none.</summary>
internal static class TorchStranger
{
    private const string Expected = "PyTorch file";

    /// <summary>The error for a file that begins with these bytes.</summary>
    public static InvalidDataException Refuse(ReadOnlySpan<byte> start, string file)
    {
        if (start.IsEmpty) return new InvalidDataException($"{file}: the file is empty.");
        if (start.StartsWith("PYTORCH1"u8))
            return new InvalidDataException($"{file}: this is a file of a preview of PyTorch 1.0, which is not read. {TorchKinds.Advice}");
        if (FileKind.Of(start) is not { } kind)
            return new InvalidDataException($"{file}: this is no {Expected}: it begins neither as a zip archive nor as a pickle does.");
        if (kind.Name == "a tar archive")
            return new InvalidDataException($"{file}: this is a tar archive, as PyTorch 0.1 wrote, which is not read. {TorchKinds.Advice}");
        return OptionMessage.InvalidData($"{file}: {kind.Instead(Expected)}{SizeOf(start)}");
    }

    /// <summary>The error for a zip archive that holds no checkpoint.</summary>
    public static InvalidDataException RefuseZip(IEnumerable<string> names, Stream stream, string file)
    {
        if (names.Any(static name => name.EndsWith(".npy", StringComparison.Ordinal)))
            return new InvalidDataException($"{file}: this is an .npz file of NumPy, no {Expected}. NpzFile.Read opens it.");
        return FileKind.Of(stream) is { Name: not "a zip archive with a pickle, as torch.save writes" and not "a zip archive" } kind
            ? OptionMessage.InvalidData($"{file}: {kind.Instead(Expected)}")
            : new InvalidDataException($"{file}: this is a zip archive without a data.pkl, no {Expected}; it holds {PlainText.QuoteAll(names, 4)}.");
    }

    /// <summary>How large the file is that a pointer of Git LFS stands for.</summary>
    private static string SizeOf(ReadOnlySpan<byte> start)
    {
        const string Line = "\nsize ";
        var text = Encoding.Latin1.GetString(start);
        var at = text.StartsWith("version https://git-lfs", StringComparison.Ordinal) ? text.IndexOf(Line, StringComparison.Ordinal) : -1;
        if (at < 0) return "";
        var digits = text[(at + Line.Length)..].TakeWhile(char.IsAsciiDigit).ToArray();
        return long.TryParse(digits, CultureInfo.InvariantCulture, out var size)
            ? string.Create(CultureInfo.InvariantCulture, $" It has {size:N0} bytes.")
            : "";
    }
}
