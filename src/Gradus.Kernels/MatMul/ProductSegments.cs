namespace Gradus.Kernels;

/// <summary>How the sum over k is cut. The cut follows from k alone, and with it every bit of every product.</summary>
/// <remarks>
/// A segment is one chain of fused multiply-adds that starts from zero; the segments' values are added in order. At most 320 terms:
/// a panel of 12 rows of float64 (30 kB) then stays in a 32 kB first-level cache, and adding a tile to the sum is under 2 % of its instructions.
/// The segments are about equal (784 is 272 + 272 + 240), since a short last one would pay that price for little work.
/// Changing this changes the results of every program.
/// </remarks>
internal readonly struct ProductSegments
{
    private const int Longest = 320;
    private const int Multiple = 16;

    private readonly int _k;
    private readonly int _length;

    /// <summary>Cuts a sum of <paramref name="k"/> ≥ 1 terms.</summary>
    public ProductSegments(int k)
    {
        _k = k;
        if (k <= Longest)
        {
            _length = k;
            Count = 1;
            return;
        }

        var pieces = ((k - 1) / Longest) + 1;
        var even = ((k - 1) / pieces) + 1;
        _length = (even + Multiple - 1) / Multiple * Multiple;
        Count = ((k - 1) / _length) + 1;
    }

    /// <summary>The number of segments.</summary>
    public int Count { get; }

    /// <summary>The terms of the longest segment.</summary>
    public int MaxLength => _length;

    /// <summary>The first term of a segment.</summary>
    public int Start(int segment) => segment * _length;

    /// <summary>The number of terms of a segment.</summary>
    public int Length(int segment) => Math.Min(_length, _k - (segment * _length));
}
