using Gradus.Formats;

namespace Gradus.Cli;

/// <summary>The formats of tensors that <c>convert</c> and <c>inspect</c> know: a row for each.</summary>
internal static class FileFormats
{
    private static readonly IReadOnlyList<TensorFormat> All = TensorFile.Formats;

    /// <summary>The ends of their files' names.</summary>
    public static string Extensions => string.Join(", ", All.SelectMany(static format => format.Extensions));

    /// <summary>The format of a file that is there.</summary>
    /// <exception cref="InvalidDataException">It is of none that is known.</exception>
    public static TensorFormat Of(string path) => TensorFile.FormatOf(path);

    /// <summary>The format of a file that is to be written.</summary>
    /// <exception cref="UsageException">Its name tells none.</exception>
    public static TensorFormat For(string path) => All.FirstOrDefault(format => format.HasExtension(path))
        ?? throw new UsageException($"'{PlainText.Quote(path)}': its name tells no format; expected one that ends with {Extensions}.");
}
