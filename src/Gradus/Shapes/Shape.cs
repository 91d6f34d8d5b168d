using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Gradus;

/// <summary>The sizes of a tensor's axes, outermost first. The empty shape is that of a scalar. Written as <c>[2, 3]</c>.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    /// <summary>The largest number of axes a tensor may have.</summary>
    public const int MaxRank = 16;

    private readonly int[]? _sizes;

    private Shape(int[] sizes) => _sizes = sizes;

    /// <summary>A shape of these sizes; what <c>[2, 3]</c> calls.</summary>
    /// <exception cref="GradusException">
    /// A size is negative, there are more than <see cref="MaxRank"/> axes, or the number of elements does not fit.
    /// </exception>
    public static Shape Create(ReadOnlySpan<int> sizes) => sizes.Length == 0 ? default : Adopt(sizes.ToArray());

    /// <summary>The number of axes.</summary>
    public int Rank => _sizes?.Length ?? 0;

    /// <summary>The number of elements: the product of the sizes, 1 for a scalar.</summary>
    public long ElementCount
    {
        get
        {
            var count = 1L;
            foreach (var size in AsSpan()) count *= size;
            return count;
        }
    }

    /// <summary>The size of an axis; negative counts from the last.</summary>
    /// <exception cref="GradusException">There is no such axis.</exception>
    public int this[int axis] => _sizes is null ? throw Errors.AxisOutOfRange("shape", axis, this) : _sizes[Axis(axis, "shape")];

    /// <summary>The sizes, to read.</summary>
    public ReadOnlySpan<int> AsSpan() => _sizes;

    /// <summary>The sizes, copied.</summary>
    public int[] ToArray() => AsSpan().ToArray();

    /// <summary>A size that was computed, as a size of an axis.</summary>
    internal static int Size(long size, string operation) => size <= int.MaxValue ? (int)size : throw Errors.AxisTooLong(operation, size);

    /// <summary>Brings an axis, which may be negative, to 0 … rank−1.</summary>
    internal int Axis(int axis, string operation)
    {
        var rank = Rank;
        return (uint)axis < (uint)rank ? axis : axis < 0 && axis >= -rank ? axis + rank : throw Errors.AxisOutOfRange(operation, axis, this);
    }

    /// <summary>Takes ownership of the array.</summary>
    internal static Shape Adopt(int[] sizes)
    {
        if (sizes.Length > MaxRank) throw new GradusException($"shape: {sizes.Length} axes, but a tensor has at most {MaxRank}.");
        var count = 1L;
        foreach (var size in sizes)
        {
            if (size < 0) throw new GradusException($"shape: size {size} is negative in [{string.Join(",", sizes)}].");
            // 2^48 elements is beyond any memory, and keeps every later product of count and element size inside 64 bits.
            count = Math.BigMul(count, size) is var product && product > (Int128)(1L << 48)
                ? throw new GradusException($"shape: [{string.Join(",", sizes)}] has more elements than any memory holds.")
                : (long)product;
        }

        return new Shape(sizes);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => ReferenceEquals(_sizes, other._sizes) || AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var size in AsSpan()) hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>Whether two shapes have the same sizes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The sizes, wherever a list of them is wanted.</summary>
    public static implicit operator ReadOnlySpan<int>(Shape shape) => shape.AsSpan();

    /// <summary>Written as one would type it: <c>[2,3]</c>.</summary>
    public override string ToString() => "[" + string.Join(",", ToArray().Select(static size => size.ToString(CultureInfo.InvariantCulture))) + "]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_sizes ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The shape that two operands take together: sizes match from the last axis, and 1 stretches.</summary>
    /// <exception cref="GradusException">Two sizes differ and neither is 1.</exception>
    internal static Shape Broadcast(string operation, Shape x, Shape y)
    {
        if (x == y) return x;
        var rank = Math.Max(x.Rank, y.Rank);
        var sizes = new int[rank];
        for (var back = 1; back <= rank; back++)
        {
            var left = back <= x.Rank ? x._sizes![^back] : 1;
            var right = back <= y.Rank ? y._sizes![^back] : 1;
            sizes[^back] = left == right || right == 1 ? left : left == 1 ? right : throw Errors.Broadcast(operation, x, y, left, right);
        }

        return Adopt(sizes);
    }
}
