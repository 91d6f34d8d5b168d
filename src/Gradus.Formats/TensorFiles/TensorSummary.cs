namespace Gradus.Formats;

/// <summary>What a file says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, in the words of the file: <c>F32</c>, <c>float32</c>.</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="Bytes">The bytes that its elements take.</param>
public sealed record TensorSummary(string Name, string Type, IReadOnlyList<long> Shape, long Bytes);
