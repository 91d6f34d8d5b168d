namespace Gradus;

/// <summary>One entry between the brackets of <c>t[1..3, ^1]</c>: a position, which removes its axis, or a range, which keeps it.</summary>
public readonly struct TensorIndex
{
    private readonly Range _range;

    private TensorIndex(Range range, bool isPosition)
    {
        _range = range;
        IsPosition = isPosition;
    }

    internal bool IsPosition { get; }

    /// <summary>A position from the start; negative counts from the end.</summary>
    public static implicit operator TensorIndex(int index) => new((index >= 0 ? new Index(index) : new Index(-index, true)).AsRange(), true);

    /// <summary>A position: <c>^1</c> is the last.</summary>
    public static implicit operator TensorIndex(Index index) => new(index.AsRange(), true);

    /// <summary>A range: <c>1..3</c>, <c>..^1</c>, <c>..</c></summary>
    public static implicit operator TensorIndex(Range range) => new(range, false);

    /// <summary>The position, or the start and length of the range, on an axis of a given size.</summary>
    internal (int Start, int Length) On(int size)
    {
        if (IsPosition)
        {
            var position = _range.Start.GetOffset(size);
            return (uint)position < (uint)size ? (position, 1) : throw Errors.IndexOutOfRange("index", _range.Start.IsFromEnd ? -_range.Start.Value : _range.Start.Value, size);
        }

        // As in NumPy, a range that reaches past the end stops there.
        var start = Math.Clamp(_range.Start.GetOffset(size), 0, size);
        var end = Math.Clamp(_range.End.GetOffset(size), start, size);
        return (start, end - start);
    }
}

internal static class IndexExtensions
{
    /// <summary>The position as the start of a range, for storage in one field.</summary>
    public static Range AsRange(this Index index) => new(index, index);
}
