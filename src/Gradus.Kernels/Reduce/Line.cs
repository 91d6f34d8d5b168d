using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The reduced axes as one line of elements in row-major order, whatever their strides.</summary>
internal unsafe struct Line
{
    private fixed long _sizes[Nest.MaximumRank];
    private fixed long _strides[Nest.MaximumRank];
    private int _rank;

    /// <summary>Elements of the line.</summary>
    public nint Length;

    /// <summary>The axes with the mark, neighbors merged where one walks on from the other. Their order is the order of summing and so is kept.</summary>
    public static Line Of(ReadOnlySpan<int> shape, ReadOnlySpan<nint> strides, ReadOnlySpan<bool> marked)
    {
        Unsafe.SkipInit(out Line line);
        line.Length = 1;
        line._rank = 0;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (marked[axis]) line.Append(shape[axis], strides[axis]);
        }

        return line;
    }

    /// <summary>Elements from one to the next along the innermost axis.</summary>
    public nint Step => _rank == 0 ? 1 : (nint)_strides[_rank - 1];

    /// <summary>Whether all elements are <see cref="Step"/> apart.</summary>
    public readonly bool IsUniform => _rank <= 1;

    /// <summary>Elements from the start of the line to element <paramref name="index"/>.</summary>
    public nint Offset(nint index)
    {
        nint offset = 0;
        for (var axis = _rank - 1; axis >= 0; axis--)
        {
            offset += index % (nint)_sizes[axis] * (nint)_strides[axis];
            index /= (nint)_sizes[axis];
        }

        return offset;
    }

    /// <summary>Elements from index to the end of the innermost axis: so far <see cref="Step"/> holds.</summary>
    public nint Run(nint index) => _rank == 0 ? 1 : (nint)_sizes[_rank - 1] - (index % (nint)_sizes[_rank - 1]);

    /// <summary>Elements start … start + count as contiguous memory: in place where they are, else copied to the block.</summary>
    public T* Read<T>(T* x, nint start, nint count, T* block) where T : unmanaged
    {
        if (Step == 1 && Run(start) >= count) return x + Offset(start);
        for (nint done = 0; done < count;)
        {
            var run = Math.Min(Run(start + done), count - done);
            var from = x + Offset(start + done);
            if (Step == 1) new Span<T>(from, (int)run).CopyTo(new Span<T>(block + done, (int)run));
            else Strided.Copy(from, Step, block + done, 1, run);
            done += run;
        }

        return block;
    }

    private void Append(int size, nint stride)
    {
        Length *= size;
        if (size == 1) return;
        if (_rank > 0 && _strides[_rank - 1] == stride * size)
        {
            _sizes[_rank - 1] *= size;
            _strides[_rank - 1] = stride;
            return;
        }

        _sizes[_rank] = size;
        _strides[_rank] = stride;
        _rank++;
    }
}
