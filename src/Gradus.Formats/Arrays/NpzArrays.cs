namespace Gradus.Formats;

/// <summary>The arrays of an .npz archive.</summary>
internal sealed class NpzArrays : NamedArrays
{
    private const string Extension = ".npy";

    private readonly Dictionary<string, ZipPart> _parts = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public NpzArrays(FileStream stream, string file) : base(stream, file)
    {
        foreach (var part in new ZipDirectory(stream, file).Read())
        {
            var name = part.Name.EndsWith(Extension, StringComparison.Ordinal) ? part.Name[..^Extension.Length] : part.Name;
            if (!_parts.TryAdd(name, part)) throw new InvalidDataException($"{file}: '{PlainText.Quote(part.Name)}' is there twice.");
            _names.Add(name);
        }
    }

    public override IReadOnlyList<string> Names => _names;

    public override NamedArray Read(string name)
    {
        var (part, what) = (_parts[name], NameOf(name));
        return ZipContents.Read(Stream, part, what, data => ReadNpy(data, part.Length, what));
    }
}
