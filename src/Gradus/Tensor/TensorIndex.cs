namespace Gradus;

/// <summary>One entry between the brackets of <c>t[1..3, ^1]</c>.</summary>
/// <remarks>
/// A position removes its axis, a range keeps it, <c>(1..9).By(2)</c> steps through it, <see cref="NewAxis"/> adds one of size 1, <see cref="Ellipsis"/> stands
/// for all axes that are not named, and a tensor chooses: of i32 or i64 by positions (negative ones count from the end), of bool by a mask over as many axes as
/// it has.
/// </remarks>
public readonly struct TensorIndex
{
    private readonly Range _range;
    private readonly int _step;

    private TensorIndex(EntryKind kind, Range range = default, int step = 1, Tensor? chosen = null)
    {
        Kind = kind;
        _range = range;
        _step = step;
        Chosen = chosen;
    }

    internal enum EntryKind : byte
    {
        Position,
        Range,
        NewAxis,
        Ellipsis,
        Chosen,
    }

    /// <summary>A new axis of size 1.</summary>
    public static TensorIndex NewAxis => new(EntryKind.NewAxis);

    /// <summary>As many whole axes as the other entries leave: <c>t[TensorIndex.Ellipsis, 0]</c> is the first position of the last axis.</summary>
    public static TensorIndex Ellipsis => new(EntryKind.Ellipsis);

    internal EntryKind Kind { get; }

    /// <summary>The positions or the mask of an entry that is a tensor.</summary>
    internal Tensor? Chosen { get; }

    /// <summary>How many axes of the tensor the entry is for; of an ellipsis 0, since the others say it.</summary>
    internal int AxisCount => Kind switch
    {
        EntryKind.NewAxis or EntryKind.Ellipsis => 0,
        EntryKind.Chosen when Chosen!.DType == DType.Bool => Chosen.Rank,
        _ => 1,
    };

    /// <summary>A position from the start; negative counts from the end.</summary>
    /// <exception cref="GradusException">It counts from the end further than any axis reaches.</exception>
    public static implicit operator TensorIndex(int index)
    {
        if (index == int.MinValue) throw new GradusException($"index: position {index} is out of range for an axis of any size.");
        return new(EntryKind.Position, (index >= 0 ? new Index(index) : new Index(-index, true)).AsRange());
    }

    /// <summary>A position: <c>^1</c> is the last.</summary>
    public static implicit operator TensorIndex(Index index) => new(EntryKind.Position, index.AsRange());

    /// <summary>A range: <c>1..3</c>, <c>..^1</c>, <c>..</c></summary>
    public static implicit operator TensorIndex(Range range) => new(EntryKind.Range, range);

    /// <summary>Positions, i32 or i64, or a mask.</summary>
    /// <exception cref="GradusException">The elements are neither whole numbers nor bool.</exception>
    public static implicit operator TensorIndex(Tensor chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        if (chosen.DType is not (DType.Int32 or DType.Int64 or DType.Bool)) throw Errors.WrongDType("index", "i32 or i64 positions, or a bool mask", chosen);
        return new(EntryKind.Chosen, chosen: chosen);
    }

    /// <summary>The positions of a range in steps: what <see cref="TensorIndexExtensions"/> calls.</summary>
    internal static TensorIndex InSteps(Range range, int step)
    {
        if (step is 0 or int.MinValue) throw new GradusException($"index: a range in steps of {step}; the step must not be 0.");
        return new(EntryKind.Range, range, step);
    }

    /// <summary>The position, or the first position, the length and the step of the range, on an axis of a given size.</summary>
    internal (int Start, int Length, int Step) On(int axis, int size)
    {
        if (Kind == EntryKind.Position)
        {
            var position = _range.Start.GetOffset(size);
            return (uint)position < (uint)size
                ? (position, 1, 1)
                : throw Errors.IndexOutOfRange("index", _range.Start.IsFromEnd ? -_range.Start.Value : _range.Start.Value, axis, size);
        }

        // As in NumPy, a range that reaches past the end stops there.
        var start = Math.Clamp(_range.Start.GetOffset(size), 0, size);
        var end = Math.Clamp(_range.End.GetOffset(size), start, size);
        var apart = Math.Abs(_step);
        var length = (int)(((long)end - start + apart - 1) / apart);
        return (_step > 0 ? start : end - 1, length, _step);
    }
}

/// <summary>Ranges in steps.</summary>
public static class TensorIndexExtensions
{
    extension(Range range)
    {
        /// <summary>
        /// Every <paramref name="step"/>-th position of the range, from its first on; from its last backwards where the step is negative: <c>t[(..).By(-1)]</c>
        /// is reversed.
        /// </summary>
        /// <exception cref="GradusException">The step is 0.</exception>
        public TensorIndex By(int step) => TensorIndex.InSteps(range, step);
    }
}

internal static class IndexExtensions
{
    /// <summary>The position as the start of a range, for storage in one field.</summary>
    public static Range AsRange(this Index index) => new(index, index);
}
