namespace Gradus.Nn;

/// <summary>What the inverses of max pooling share.</summary>
internal static class Unpooling
{
    /// <summary>The fewest positions of an axis that so many windows come from.</summary>
    public static int Least(int windows, int stride, int padding, int kernel) => ((windows - 1) * stride) - (2 * padding) + kernel;
}
