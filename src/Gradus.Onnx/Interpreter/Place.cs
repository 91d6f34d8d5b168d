namespace Gradus.Onnx;

/// <summary>Where a value is when a graph runs.</summary>
/// <param name="Level">0 for the graph itself, 1 for the one around it, and so on.</param>
/// <param name="Slot">Which of that graph's values.</param>
internal readonly record struct Place(int Level, int Slot);
