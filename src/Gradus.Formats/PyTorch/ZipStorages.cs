namespace Gradus.Formats;

/// <summary>The storages of a zip archive: one part each, named <c>data/KEY</c>. A part of exactly that name is read, and never a file of the disk.</summary>
/// <param name="archive">The archive.</param>
/// <param name="parts">Its parts by name.</param>
/// <param name="folder">The folder that all parts lie in, with the / behind it.</param>
/// <param name="file">What error messages call the archive.</param>
internal sealed class ZipStorages(Stream archive, IReadOnlyDictionary<string, ZipPart> parts, string folder, string file) : TorchStorages
{
    public override void Check(TorchStorage storage)
    {
        var part = PartOf(storage);
        if (part.Length == storage.Bytes) return;
        throw new InvalidDataException(
            $"{NameOf(storage)}: the pickle says {storage.Whole} elements of {storage.Type.Word}, {storage.Bytes} bytes, and there are {part.Length}.");
    }

    public override T Read<T>(TorchStorage storage, Func<Stream, T> read) => ZipContents.Read(archive, PartOf(storage), NameOf(storage), read);

    private ZipPart PartOf(TorchStorage storage) => parts.TryGetValue($"{folder}data/{storage.Key}", out var part)
        ? part
        : throw new InvalidDataException($"{NameOf(storage)}: there is no such part in the archive.");

    private string NameOf(TorchStorage storage) => $"{file}: {PlainText.Quote($"data/{storage.Key}")}";
}
