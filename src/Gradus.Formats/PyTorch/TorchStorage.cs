namespace Gradus.Formats;

/// <summary>A piece of memory that tensors of a file lie in, or a part of one.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Class">The class of the storage, which a key has once.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Whole">How many elements the whole storage has.</param>
/// <param name="Start">The first element of this part.</param>
/// <param name="Count">How many elements this part has.</param>
internal sealed record TorchStorage(string Key, string Class, TorchType Type, long Whole, long Start, long Count)
{
    /// <summary>The bytes of the whole storage.</summary>
    public long Bytes => Whole * Type.Size;
}
