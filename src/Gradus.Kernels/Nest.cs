using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>What a <see cref="Nest"/> does along its innermost axis.</summary>
internal unsafe interface INestBody
{
    /// <summary>Handles <paramref name="count"/> elements; operand k starts at <c>pointers[k]</c> and steps by <c>strides[k]</c> bytes.</summary>
    void Run(nint count, byte** pointers, nint* strides);
}

/// <summary>The smallest loop nest over one to four operands of one shape. Operand 0 is the output: the axes are ordered so that it is walked forward.</summary>
/// <remarks>
/// Axes of size 1 are dropped, axes are ordered by the output's stride, and neighbours that every operand walks linearly are merged, so any set of
/// layouts that agree (contiguous, or all transposed alike) becomes one long run. No allocation: everything is on the stack.
/// </remarks>
[SkipLocalsInit]
internal unsafe struct Nest
{
    public const int MaximumRank = 16;
    public const int MaximumOperands = 4;

    /// <summary>Elements of the whole nest.</summary>
    public nint Count;

    /// <summary>Axes left; the last is the innermost.</summary>
    public int Rank;

    private readonly int _operands;
    private fixed long _shape[MaximumRank];
    private fixed long _strides[MaximumRank * MaximumOperands];
    private fixed long _offsets[MaximumOperands];

    // Most of the 700 bytes stay unused: they are not zeroed.
    private Nest(int operands)
    {
        Unsafe.SkipInit(out this);
        _operands = operands;
        for (var k = 0; k < operands; k++) _offsets[k] = 0;
    }

    /// <summary>Size of an axis.</summary>
    [UnscopedRef]
    public ref long Size(int axis) => ref _shape[axis];

    /// <summary>Bytes from one element of an operand to the next along an axis.</summary>
    [UnscopedRef]
    public ref long Stride(int operand, int axis) => ref _strides[(axis * MaximumOperands) + operand];

    /// <summary>A nest of one operand of <paramref name="zSize"/>-byte elements; strides count elements.</summary>
    public static Nest Of(ReadOnlySpan<int> shape, ReadOnlySpan<nint> z, int zSize)
    {
        var nest = new Nest(1);
        nest.Fill(0, shape, z, zSize);
        nest.Collapse(shape);
        return nest;
    }

    /// <summary>A nest of two operands.</summary>
    public static Nest Of(ReadOnlySpan<int> shape, ReadOnlySpan<nint> z, int zSize, ReadOnlySpan<nint> x, int xSize)
    {
        var nest = new Nest(2);
        nest.Fill(0, shape, z, zSize);
        nest.Fill(1, shape, x, xSize);
        nest.Collapse(shape);
        return nest;
    }

    /// <summary>A nest of three operands.</summary>
    public static Nest Of(ReadOnlySpan<int> shape, ReadOnlySpan<nint> z, int zSize, ReadOnlySpan<nint> x, int xSize, ReadOnlySpan<nint> y, int ySize)
    {
        var nest = new Nest(3);
        nest.Fill(0, shape, z, zSize);
        nest.Fill(1, shape, x, xSize);
        nest.Fill(2, shape, y, ySize);
        nest.Collapse(shape);
        return nest;
    }

    /// <summary>A nest of four operands.</summary>
    public static Nest Of(
        ReadOnlySpan<int> shape, ReadOnlySpan<nint> z, int zSize, ReadOnlySpan<nint> x, int xSize, ReadOnlySpan<nint> y, int ySize, ReadOnlySpan<nint> w, int wSize)
    {
        var nest = new Nest(4);
        nest.Fill(0, shape, z, zSize);
        nest.Fill(1, shape, x, xSize);
        nest.Fill(2, shape, y, ySize);
        nest.Fill(3, shape, w, wSize);
        nest.Collapse(shape);
        return nest;
    }

    /// <summary>One run of <paramref name="count"/> elements in which operand k steps by the k-th size in bytes.</summary>
    public static Nest Linear(nint count, int zSize, int xSize, int ySize = 0, int wSize = 0)
    {
        var nest = new Nest(wSize > 0 ? 4 : ySize > 0 ? 3 : 2) { Count = count, Rank = 1 };
        nest._shape[0] = count;
        nest._strides[0] = zSize;
        nest._strides[1] = xSize;
        nest._strides[2] = ySize;
        nest._strides[3] = wSize;
        return nest;
    }

    /// <summary>Whether an operand of <paramref name="size"/>-byte elements jumps along the innermost axis but is contiguous along another: walked as it lies, each element would take a cache line.</summary>
    public bool IsTransposed(int operand, int size)
    {
        if (Rank < 2 || Stride(0, Rank - 1) == 0 || Stride(operand, Rank - 1) == size || Stride(operand, Rank - 1) == 0) return false;
        for (var axis = 0; axis < Rank - 1; axis++)
        {
            if (Stride(operand, axis) == size) return true;
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
    public void Append(nint size, nint zStride, nint xStride)
    {
        _shape[Rank] = size;
        Stride(0, Rank) = zStride;
        Stride(1, Rank) = xStride;
        Rank++;
        Count *= size;
    }

    /// <summary>Calls the body for every innermost run, in chunks of about <paramref name="grain"/> elements over the threads when there are more than two of them.</summary>
    /// <param name="body">What to do along a run.</param>
    /// <param name="bases">The operands' first elements, as many as there are operands.</param>
    /// <param name="grain">Elements of one chunk: a power of two, and part of the operator's definition, never of the machine's.</param>
    public void Walk<TBody>(TBody body, byte** bases, nint grain) where TBody : struct, INestBody
    {
        if (Count == 0) return;
        var starts = stackalloc byte*[MaximumOperands];
        for (var k = 0; k < _operands; k++) starts[k] = bases[k] + _offsets[k];
        var inner = Rank == 0 ? 1 : (nint)_shape[Rank - 1];
        var outer = Count / inner;
        if (Count <= 2 * grain)
        {
            Rows(body, starts, 0, outer, 0, inner);
            return;
        }

        var length = Math.Min(inner, grain);
        var pieces = (inner + length - 1) / length;
        var rows = pieces > 1 ? 1 : Math.Max(1, grain / inner);
        var chunks = (outer + rows - 1) / rows * pieces;
        fixed (Nest* self = &this)
        {
            Workers.Run((int)chunks, new Chunk<TBody>(self, starts, body, outer, chunks / pieces, inner, length, pieces));
        }
    }

    private void Rows<TBody>(TBody body, byte** bases, nint row, nint rows, nint start, nint count) where TBody : struct, INestBody
    {
        var pointers = stackalloc byte*[MaximumOperands];
        var strides = stackalloc nint[MaximumOperands];
        var steps = stackalloc nint[MaximumOperands];
        var index = stackalloc nint[MaximumRank];
        var last = Rank - 1;
        for (var k = 0; k < _operands; k++)
        {
            strides[k] = Rank == 0 ? 0 : (nint)_strides[(last * MaximumOperands) + k];
            steps[k] = last < 1 ? 0 : (nint)_strides[((last - 1) * MaximumOperands) + k];
            pointers[k] = bases[k] + (start * strides[k]);
        }

        var rest = row;
        for (var axis = last - 1; axis >= 0; axis--)
        {
            index[axis] = rest % (nint)_shape[axis];
            rest /= (nint)_shape[axis];
            for (var k = 0; k < _operands; k++) pointers[k] += index[axis] * (nint)_strides[(axis * MaximumOperands) + k];
        }

        var second = last - 1;
        while (true)
        {
            // The rows up to the end of the second axis differ by one addition for each operand.
            var run = second < 0 ? 1 : Math.Min(rows, (nint)_shape[second] - index[second]);
            for (nint done = 0; done < run; done++)
            {
                body.Run(count, pointers, strides);
                for (var k = 0; k < _operands; k++) pointers[k] += steps[k];
            }

            rows -= run;
            if (rows == 0) return;
            index[second] += run - 1;
            for (var k = 0; k < _operands; k++) pointers[k] -= steps[k];
            for (var axis = second; axis >= 0; axis--)
            {
                var step = index[axis] + 1 < (nint)_shape[axis] ? 1 : -index[axis];
                index[axis] += step;
                for (var k = 0; k < _operands; k++) pointers[k] += step * (nint)_strides[(axis * MaximumOperands) + k];
                if (step == 1) break;
            }
        }
    }

    private void Fill(int operand, ReadOnlySpan<int> shape, ReadOnlySpan<nint> strides, int size)
    {
        if (shape.Length > MaximumRank || strides.Length != shape.Length) ThrowLayout(shape.Length, strides.Length);
        for (var axis = 0; axis < shape.Length; axis++) Stride(operand, axis) = strides[axis] * size;
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
            if (Stride(0, axis) < 0) Flip(axis);
        }

        Sort();
        Merge();
    }

    /// <summary>Walks an axis from its other end, for all operands.</summary>
    private void Flip(int axis)
    {
        for (var k = 0; k < _operands; k++)
        {
            ref var stride = ref Stride(k, axis);
            _offsets[k] += stride * (_shape[axis] - 1);
            stride = -stride;
        }
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
        for (var k = 0; k < _operands; k++)
        {
            var x = Math.Abs(_strides[(a * MaximumOperands) + k]);
            var y = Math.Abs(_strides[(b * MaximumOperands) + k]);
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
        for (var k = 0; k < _operands; k++)
        {
            if (_strides[(outer * MaximumOperands) + k] != _strides[(inner * MaximumOperands) + k] * _shape[inner]) return false;
        }

        return true;
    }

    private void CopyAxis(int from, int to)
    {
        _shape[to] = _shape[from];
        for (var k = 0; k < _operands; k++) Stride(k, to) = Stride(k, from);
    }

    private void SwapAxes(int a, int b)
    {
        (_shape[a], _shape[b]) = (_shape[b], _shape[a]);
        for (var k = 0; k < _operands; k++) (Stride(k, a), Stride(k, b)) = (Stride(k, b), Stride(k, a));
    }

    [DoesNotReturn]
    private static void ThrowLayout(int rank, int strides) =>
        throw new ArgumentException($"A kernel got {rank} axes and {strides} strides: the numbers must be equal and at most {MaximumRank}.");

    private readonly struct Chunk<TBody>(Nest* nest, byte** bases, TBody body, nint outer, nint parts, nint inner, nint length, nint pieces) : IJob
        where TBody : struct, INestBody
    {
        private readonly Nest* _nest = nest;
        private readonly byte** _bases = bases;
        private readonly TBody _body = body;

        public void Run(int chunk)
        {
            // The parts differ by one row at most: threads that take as many chunks each are done at the same time.
            nint part = chunk / pieces, first = part * outer / parts, end = (part + 1) * outer / parts;
            var start = chunk % pieces * length;
            _nest->Rows(_body, _bases, first, end - first, start, Math.Min(length, inner - start));
        }
    }
}
