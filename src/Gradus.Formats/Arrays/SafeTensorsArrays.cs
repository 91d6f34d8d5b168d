namespace Gradus.Formats;

/// <summary>The tensors of a safetensors file.</summary>
internal sealed class SafeTensorsArrays : NamedArrays
{
    private readonly SafeTensorsHeader _header;

    public SafeTensorsArrays(FileStream stream, string file) : base(stream, file)
    {
        _header = SafeTensorsFile.Inspect(stream, file);
        Names = [.. _header.Tensors.Select(static entry => entry.Name)];
    }

    public override IReadOnlyList<string> Names { get; }

    public override NamedArray Read(string name)
    {
        var what = NameOf(name);
        var entry = _header.Tensors.First(entry => entry.Name == name);
        var (type, shape) = SafeTensorsFile.PlanOf(entry, File);
        Stream.Position = _header.DataStart + entry.Begin;
        var checksum = entry.Checksum is null ? null : new Crc32();
        var data = new StreamPart(Stream, entry.End - entry.Begin, checksum);
        var array = Read(data, type, shape, type == ElementType.UInt8, what, () => Elements.Read(data, type, shape, what));
        if (checksum is not null) Checksums.Check(entry, checksum.Value, what);
        return array;
    }
}
