namespace Gradus.Exported;

/// <summary>The sizes of a pooling: square windows over pictures whose places are <see cref="Pitch"/> numbers apart.</summary>
internal readonly record struct Pooling(int Height, int Width, int Pitch, int Kernel, int Stride, int Padding, int OutHeight, int OutWidth);
