using System.Globalization;

namespace Gradus;

/// <summary>A number for the height and one for the width. A single number stands for both.</summary>
/// <param name="Height">Along the last axis but one.</param>
/// <param name="Width">Along the last axis.</param>
public readonly record struct Size2(int Height, int Width)
{
    /// <summary>The same number twice.</summary>
    public static implicit operator Size2(int size) => new(size, size);

    /// <summary>Height and width.</summary>
    public static implicit operator Size2((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>With a depth before it.</summary>
    internal Size3 Deep(int depth) => (depth, Height, Width);

    /// <summary>Whether both numbers are at least <paramref name="least"/>.</summary>
    internal bool IsAtLeast(int least) => Height >= least && Width >= least;

    /// <summary>Written as one would say it: <c>3×3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}×{Width}");

    /// <summary>One number where both are equal, else both.</summary>
    internal string ToShortString() => Height == Width ? Height.ToString(CultureInfo.InvariantCulture) : ToString();
}
