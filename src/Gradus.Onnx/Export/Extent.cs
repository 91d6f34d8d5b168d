namespace Gradus.Onnx;

/// <summary>The size of an axis in two runs whose batches differ: a·batch + c.</summary>
/// <param name="First">The size in the first run.</param>
/// <param name="Second">The size in the second run.</param>
internal readonly record struct Extent(int First, int Second)
{
    /// <summary>The batch of the first run where batches may be of any size; that of the second is larger by one.</summary>
    public const int Batch = 2;

    /// <summary>Whether the size is the same for every batch.</summary>
    public bool IsFixed => First == Second;

    /// <summary>What it grows by with each sample.</summary>
    public int Slope => Second - First;

    /// <summary>What is left of it without samples.</summary>
    public int Constant => First - (Slope * Batch);

    /// <summary>Sizes of two runs side by side.</summary>
    public static Extent[] Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var extents = new Extent[first.Length];
        for (var axis = 0; axis < extents.Length; axis++) extents[axis] = new Extent(first[axis], second[axis]);
        return extents;
    }

    /// <summary>The size for another batch.</summary>
    public int At(int batch) => (Slope * batch) + Constant;

    /// <summary>Written as in shapes: <c>3</c>, <c>batch</c>, <c>4*batch</c>, <c>batch+1</c>.</summary>
    public override string ToString()
    {
        if (IsFixed) return FormattableString.Invariant($"{First}");
        var product = Slope == 1 ? "batch" : FormattableString.Invariant($"{Slope}*batch");
        return Constant == 0 ? product : FormattableString.Invariant($"{product}{Constant:+0;-0}");
    }

    /// <summary>The sum of two sizes.</summary>
    public static Extent operator +(Extent left, Extent right) => new(left.First + right.First, left.Second + right.Second);

    /// <summary>The difference of two sizes.</summary>
    public static Extent operator -(Extent left, Extent right) => new(left.First - right.First, left.Second - right.Second);

    /// <summary>A size that is the same for every batch.</summary>
    public static implicit operator Extent(int size) => new(size, size);
}
