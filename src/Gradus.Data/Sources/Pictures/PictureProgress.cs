namespace Gradus.Data;

/// <summary>How far the decoding of a folder of pictures is.</summary>
/// <param name="Done">How many pictures have been decoded, or found to be damaged.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct PictureProgress(int Done, int Count);
