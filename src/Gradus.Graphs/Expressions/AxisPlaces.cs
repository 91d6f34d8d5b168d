using System.Globalization;

namespace Gradus.Graphs;

/// <summary>What is taken of one axis: the position <paramref name="From"/>, or a range up to, but without, <paramref name="To"/>.</summary>
/// <param name="From">The position, or the first of the range; null for the beginning. Negative ones count from the end.</param>
/// <param name="To">The end of the range; null for that of the axis.</param>
/// <param name="IsRange">Whether it is a range, so that the axis stays.</param>
internal readonly record struct AxisPlaces(int? From, int? To, bool IsRange)
{
    /// <summary>The first position and how many there are; of a range, as in Python, those that there are.</summary>
    public (int Start, int Length) On(int size)
    {
        if (!IsRange) return (From!.Value < 0 ? From.Value + size : From.Value, 1);
        var start = Within(From ?? 0, size);
        return (start, Math.Max(0, Within(To ?? size, size) - start));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}{(IsRange ? ":" : "")}{To}");

    private static int Within(int position, int size) => Math.Clamp(position < 0 ? position + size : position, 0, size);
}
