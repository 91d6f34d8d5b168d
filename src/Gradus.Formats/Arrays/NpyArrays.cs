namespace Gradus.Formats;

/// <summary>The one array of an .npy file.</summary>
internal sealed class NpyArrays(FileStream stream, string file) : NamedArrays(stream, file)
{
    public override IReadOnlyList<string> Names => [""];

    public override NamedArray Read(string name)
    {
        Stream.Position = 0;
        return ReadNpy(Stream, Stream.Length, NameOf(name));
    }
}
