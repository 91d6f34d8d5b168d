namespace Gradus.Formats;

/// <summary>What a file of TorchSharp says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Word">The type of its elements, in PyTorch's word.</param>
/// <param name="Type">How they lie in the file.</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="Start">Where its elements begin.</param>
internal sealed record TorchSharpEntry(string Name, string Word, ElementType Type, Shape Shape, long Start)
{
    /// <summary>The bytes that its elements take.</summary>
    public long Bytes => Shape.ElementCount * Elements.SizeOf(Type);
}
