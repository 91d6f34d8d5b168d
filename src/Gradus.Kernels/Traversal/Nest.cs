using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>What a <see cref="Nest"/> does along its innermost axis.</summary>
internal unsafe interface INestBody
{
    /// <summary>Handles rows of elements.</summary>
    void Run(NestRows* rows);
}

/// <summary>The smallest loop nest over an output and one to three inputs of one shape: the axes are ordered so that it is walked forward.</summary>
/// <remarks>
/// Axes of size 1 are dropped, axes are ordered by the output's stride, and neighbors that every operand walks linearly are merged, so any set of
/// layouts that agree (contiguous, or all transposed alike) becomes one long run. No allocation: everything is on the stack.
/// </remarks>
[SkipLocalsInit]
internal unsafe struct Nest
{
    public const int MaximumRank = 16;

    /// <summary>Elements of the whole nest.</summary>
    public nint Count;

    /// <summary>Axes left; the last is the innermost.</summary>
    public int Rank;

    private Operands _offsets;
    private fixed long _shape[MaximumRank];
    private Axes _strides;

    // Most of the 700 bytes stay unused: they are not zeroed.
    public Nest()
    {
        Unsafe.SkipInit(out this);
        _offsets = default;
    }

    /// <summary>Size of an axis.</summary>
    public readonly nint Size(int axis) => (nint)_shape[axis];

    /// <summary>Bytes from one element of each operand to the next along an axis.</summary>
    public readonly Operands Strides(int axis) => _strides[axis];

    /// <summary>A nest of two to four operands over one shape.</summary>
    /// <param name="shape">The shape that they share.</param>
    /// <param name="output">Strides of the output, in elements.</param>
    /// <param name="outputSize">Bytes of an element of the output.</param>
    /// <param name="first">Strides of the first input, 0 where it is broadcast.</param>
    /// <param name="firstSize">Bytes of one of its elements.</param>
    /// <param name="second">Strides of the second input; none if there is no such input.</param>
    /// <param name="secondSize">Bytes of one of its elements.</param>
    /// <param name="third">Strides of the third input; none if there is no such input.</param>
    /// <param name="thirdSize">Bytes of one of its elements.</param>
    public static Nest Of(
        ReadOnlySpan<int> shape,
        ReadOnlySpan<nint> output,
        int outputSize,
        ReadOnlySpan<nint> first,
        int firstSize,
        ReadOnlySpan<nint> second = default,
        int secondSize = 0,
        ReadOnlySpan<nint> third = default,
        int thirdSize = 0)
    {
        Check(shape.Length, output.Length);
        Check(shape.Length, first.Length);
        if (secondSize != 0) Check(shape.Length, second.Length);
        if (thirdSize != 0) Check(shape.Length, third.Length);
        var nest = new Nest();
        for (var axis = 0; axis < shape.Length; axis++)
        {
            nest._strides[axis] = new Operands
            {
                Output = output[axis] * outputSize,
                First = first[axis] * firstSize,
                Second = secondSize == 0 ? 0 : second[axis] * secondSize,
                Third = thirdSize == 0 ? 0 : third[axis] * thirdSize,
            };
        }

        nest.Collapse(shape);
        return nest;
    }

    /// <summary>One run of <paramref name="count"/> elements in which each operand steps by its number of bytes.</summary>
    public static Nest Linear(nint count, int output, int first, int second = 0, int third = 0)
    {
        var nest = new Nest { Count = count, Rank = 1 };
        nest._shape[0] = count;
        nest._strides[0] = new Operands { Output = output, First = first, Second = second, Third = third };
        return nest;
    }

    /// <summary>
    /// Whether an operand of <paramref name="size"/>-byte elements jumps along the innermost axis but is contiguous along another: walked as it lies, each
    /// element would take a cache line.
    /// </summary>
    public readonly bool IsTransposed(int operand, int size)
    {
        if (Rank < 2 || _strides[Rank - 1].Output == 0 || _strides[Rank - 1][operand] == size || _strides[Rank - 1][operand] == 0) return false;
        for (var axis = 0; axis < Rank - 1; axis++)
        {
            if (_strides[axis][operand] == size) return true;
        }

        return false;
    }

    /// <summary>Removes an axis, for a body that walks it itself.</summary>
    public void Remove(int axis)
    {
        Count = Count == 0 ? 0 : Count / (nint)_shape[axis];
        for (var k = axis; k < Rank - 1; k++) CopyAxis(k + 1, k);
        Rank--;
    }

    /// <summary>Appends an innermost axis.</summary>
    public void Append(nint size, Operands strides)
    {
        _shape[Rank] = size;
        _strides[Rank] = strides;
        Rank++;
        Count *= size;
    }

    /// <summary>
    /// Calls the body for every innermost run, in chunks of about <paramref name="grain"/> elements over the threads when there are more than two of them.
    /// </summary>
    /// <param name="body">What to do along a run.</param>
    /// <param name="at">The operands' first elements.</param>
    /// <param name="grain">Elements of one chunk: a power of two, and part of the operator's definition, never of the machine's.</param>
    public void Walk<TBody>(TBody body, Operands at, nint grain) where TBody : struct, INestBody
    {
        if (Count == 0) return;
        at.Move(1, _offsets);
        var inner = Rank == 0 ? 1 : (nint)_shape[Rank - 1];
        var outer = Count / inner;
        if (Count <= 2 * grain)
        {
            Rows(body, in at, 0, outer, 0, inner);
            return;
        }

        var length = Math.Min(inner, grain);
        var pieces = (inner + length - 1) / length;
        var rows = pieces > 1 ? 1 : Math.Max(1, grain / inner);
        var chunks = (outer + rows - 1) / rows * pieces;
        fixed (Nest* self = &this)
        {
            Workers.Run((int)chunks, new Chunk<TBody>(self, at, body, outer, chunks / pieces, inner, length, pieces));
        }
    }

    // By reference: a struct that is copied with wider instructions than it was written with waits for those writes, 60 ns behind the stores of a chunk.
    private void Rows<TBody>(TBody body, in Operands at, nint row, nint count, nint start, nint length) where TBody : struct, INestBody
    {
        var second = Rank - 2;
        Unsafe.SkipInit(out NestRows rows);
        rows.Length = length;
        rows.Strides = Rank == 0 ? default : _strides[Rank - 1];
        rows.Step = second < 0 ? default : _strides[second];
        rows.Start = at;
        rows.Start.Move(start, rows.Strides);
        var index = stackalloc nint[MaximumRank];
        for (var axis = second; axis >= 0; axis--)
        {
            (row, index[axis]) = Math.DivRem(row, (nint)_shape[axis]);
            rows.Start.Move(index[axis], _strides[axis]);
        }

        while (true)
        {
            rows.Count = second < 0 ? 1 : Math.Min(count, (nint)_shape[second] - index[second]);
            body.Run(&rows);
            count -= rows.Count;
            if (count == 0) return;
            // The second axis is at its end: back to its first row, and one step along the next axis that is not at its own.
            rows.Start.Move(-index[second], rows.Step);
            index[second] = 0;
            for (var axis = second - 1; axis >= 0; axis--)
            {
                var by = index[axis] + 1 < (nint)_shape[axis] ? 1 : -index[axis];
                index[axis] += by;
                rows.Start.Move(by, _strides[axis]);
                if (by == 1) break;
            }
        }
    }

    private void Collapse(ReadOnlySpan<int> shape)
    {
        Count = 1;
        Rank = 0;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            Count *= shape[axis];
            if (shape[axis] == 1) continue;
            _shape[axis] = shape[axis];
            if (axis != Rank) CopyAxis(axis, Rank);
            Rank++;
        }

        if (Count == 0 || Rank == 0) return;
        for (var axis = 0; axis < Rank; axis++)
        {
            if (_strides[axis].Output < 0) Flip(axis);
        }

        Sort();
        Merge();
    }

    /// <summary>Walks an axis from its other end, for all operands.</summary>
    private void Flip(int axis)
    {
        _offsets.Move((nint)_shape[axis] - 1, _strides[axis]);
        var back = default(Operands);
        back.Move(-1, _strides[axis]);
        _strides[axis] = back;
    }

    /// <summary>Stable insertion sort: the output's largest stride outermost, ties by the next operands.</summary>
    private void Sort()
    {
        for (var i = 1; i < Rank; i++)
        {
            for (var j = i; j > 0 && Before(j, j - 1); j--) SwapAxes(j, j - 1);
        }
    }

    private readonly bool Before(int a, int b)
    {
        for (var operand = 0; operand < Operands.Count; operand++)
        {
            var (x, y) = (Math.Abs(_strides[a][operand]), Math.Abs(_strides[b][operand]));
            if (x != y) return x > y;
        }

        return false;
    }

    private void Merge()
    {
        var kept = 0;
        for (var axis = 1; axis < Rank; axis++)
        {
            if (Linear(kept, axis))
            {
                var size = _shape[kept] * _shape[axis];
                CopyAxis(axis, kept);
                _shape[kept] = size;
            }
            else
            {
                kept++;
                if (kept != axis) CopyAxis(axis, kept);
            }
        }

        Rank = kept + 1;
    }

    private readonly bool Linear(int outer, int inner)
    {
        for (var operand = 0; operand < Operands.Count; operand++)
        {
            if (_strides[outer][operand] != _strides[inner][operand] * (nint)_shape[inner]) return false;
        }

        return true;
    }

    private void CopyAxis(int from, int to)
    {
        _shape[to] = _shape[from];
        _strides[to] = _strides[from];
    }

    private void SwapAxes(int a, int b)
    {
        (_shape[a], _shape[b]) = (_shape[b], _shape[a]);
        (_strides[a], _strides[b]) = (_strides[b], _strides[a]);
    }

    private static void Check(int rank, int strides)
    {
        if (rank > MaximumRank || strides != rank) ThrowLayout(rank, strides);
    }

    [DoesNotReturn]
    private static void ThrowLayout(int rank, int strides) =>
        throw new ArgumentException($"A kernel got {rank} axes and {strides} strides: the numbers must be equal and at most {MaximumRank}.");

    [InlineArray(MaximumRank)]
    private struct Axes
    {
        private Operands _first;
    }

    private readonly struct Chunk<TBody>(Nest* nest, Operands at, TBody body, nint outer, nint parts, nint inner, nint length, nint pieces) : IJob
        where TBody : struct, INestBody
    {
        private readonly Nest* _nest = nest;

        public void Run(int chunk)
        {
            // The parts differ by one row at most: threads that take as many chunks each are done at the same time.
            nint part = chunk / pieces, first = part * outer / parts, end = (part + 1) * outer / parts;
            var start = chunk % pieces * length;
            _nest->Rows(body, in at, first, end - first, start, Math.Min(length, inner - start));
        }
    }
}
