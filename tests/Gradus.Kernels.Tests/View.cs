namespace Gradus.Kernels.Tests;

/// <summary>A strided window over an array, for holding a kernel against a naive loop.</summary>
internal sealed class View<T>(int[] shape, nint[] strides, int offset, T[] data) where T : unmanaged
{
    public int[] Shape => shape;

    public nint[] Strides => strides;

    public int Offset => offset;

    public T[] Data => data;

    public T this[ReadOnlySpan<int> index]
    {
        get => data[At(index)];
        set => data[At(index)] = value;
    }

    /// <summary>A layout drawn at random: axes permuted, some stepped over, some reversed; broadcast axes if allowed.</summary>
    public static View<T> Draw(System.Random random, int[] shape, bool broadcast, Func<int, T> value)
    {
        var order = Enumerable.Range(0, shape.Length).ToArray();
        if (random.Next(2) == 0) random.Shuffle(order);
        var strides = new nint[shape.Length];
        nint size = 1, offset = 3;
        foreach (var axis in order.Reverse())
        {
            if (broadcast && random.Next(4) == 0) continue;
            var step = random.Next(4) == 0 ? 2 : 1;
            strides[axis] = size * step;
            size *= Math.Max(1, shape[axis]) * step;
            if (random.Next(4) != 0) continue;
            offset += strides[axis] * Math.Max(0, shape[axis] - 1);
            strides[axis] = -strides[axis];
        }

        return new View<T>(shape, strides, (int)offset, [.. Enumerable.Range(0, (int)size + 6).Select(value)]);
    }

    /// <summary>The same elements in row-major order.</summary>
    public View<T> Contiguous()
    {
        var strides = new nint[shape.Length];
        nint size = 1;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = size;
            size *= shape[axis];
        }

        return new View<T>(shape, strides, 0, [.. Indices(shape).Select(i => this[i])]);
    }

    /// <summary>All indices of a shape in row-major order.</summary>
    public static IEnumerable<int[]> Indices(int[] shape)
    {
        var count = shape.Aggregate(1, (a, b) => a * b);
        for (var i = 0; i < count; i++)
        {
            var index = new int[shape.Length];
            var rest = i;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            yield return index;
        }
    }

    private int At(ReadOnlySpan<int> index)
    {
        nint at = offset;
        for (var axis = 0; axis < index.Length; axis++) at += index[axis] * strides[axis];
        return (int)at;
    }
}
