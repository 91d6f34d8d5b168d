using System.Globalization;

namespace Gradus;

/// <summary>A number for the depth, one for the height and one for the width. A single number stands for all three.</summary>
/// <param name="Depth">Along the last axis but two.</param>
/// <param name="Height">Along the last axis but one.</param>
/// <param name="Width">Along the last axis.</param>
public readonly record struct Size3(int Depth, int Height, int Width)
{
    /// <summary>The same number three times.</summary>
    public static implicit operator Size3(int size) => new(size, size, size);

    /// <summary>Depth, height and width.</summary>
    public static implicit operator Size3((int Depth, int Height, int Width) size) => new(size.Depth, size.Height, size.Width);

    /// <summary>Height and width.</summary>
    internal Size2 Plane => (Height, Width);

    /// <summary>Whether all numbers are at least <paramref name="least"/>.</summary>
    internal bool IsAtLeast(int least) => Depth >= least && Plane.IsAtLeast(least);

    /// <summary>Written as one would say it: <c>3×3×3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Depth}×{Height}×{Width}");

    /// <summary>One number where all are equal, else all.</summary>
    internal string ToShortString() => Depth == Height && Depth == Width ? Depth.ToString(CultureInfo.InvariantCulture) : ToString();
}
