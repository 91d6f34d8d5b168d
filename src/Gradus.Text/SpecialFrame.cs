namespace Gradus.Text;

/// <summary>The special tokens around a text.</summary>
/// <param name="Before">Their numbers before it.</param>
/// <param name="After">Their numbers behind it.</param>
internal sealed record SpecialFrame(IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    public static readonly SpecialFrame None = new([], []);

    public bool IsEmpty => Before.Count + After.Count == 0;
}
