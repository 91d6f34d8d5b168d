namespace Gradus.Onnx;

/// <summary>The different elements of a tensor, or its different slices along an axis, with where each comes first, and how often.</summary>
internal static class Uniqueness
{
    public static OnnxResults Unique(OnnxCall call)
    {
        var whole = call.X.Detach();
        var (x, axis) = call.Has("axis") ? (whole, call.Axis("axis", 0, whole.Rank)) : (whole.Reshape([(int)whole.Count]), 0);
        var rows = Rows(x, axis);
        var found = new Dictionary<double[], int>(new SameNumbers());
        var (firsts, counts, groups) = (new List<long>(), new List<long>(), new long[rows.Length]);
        for (var row = 0; row < rows.Length; row++)
        {
            if (!found.TryGetValue(rows[row], out var group))
            {
                found.Add(rows[row], group = firsts.Count);
                firsts.Add(row);
                counts.Add(0);
            }

            groups[row] = group;
            counts[group]++;
        }

        var order = Enumerable.Range(0, firsts.Count).ToArray();
        if (call.Flag("sorted", true)) order = [.. order.Order(Comparer<int>.Create((left, right) => Compare(rows[firsts[left]], rows[firsts[right]])))];
        var places = new long[order.Length];
        for (var place = 0; place < order.Length; place++) places[order[place]] = place;
        Tensor Wholes(IEnumerable<long> numbers) => Tensor.From(numbers.ToArray(), [numbers.Count()]);
        var first = Wholes(order.Select(group => firsts[group]));
        return new Tensor?[] { x.IndexSelect(axis, first), first, Wholes(groups.Select(group => places[group])), Wholes(order.Select(group => counts[group])) };
    }

    private static double[][] Rows(Tensor x, int axis)
    {
        var moved = x.MoveAxis(axis, 0);
        // A whole number of 64 bits as two real ones, which hold it and keep its order.
        if (x.DType == DType.Int64)
            moved = Tensor.Stack([Integers.Map(moved, static number => number >> 32), Integers.Map(moved, static number => number & 0xFFFFFFFF)], -1);
        var numbers = moved.To(DType.Float64).Contiguous().ToArray<double>();
        var count = x.Shape[axis];
        var width = count == 0 ? 0 : numbers.Length / count;
        return [.. Enumerable.Range(0, count).Select(row => numbers[(row * width)..((row + 1) * width)])];
    }

    private static int Compare(double[] left, double[] right)
    {
        for (var index = 0; index < left.Length; index++)
        {
            if (left[index].CompareTo(right[index]) is not 0 and var difference) return difference;
        }

        return 0;
    }

    private sealed class SameNumbers : IEqualityComparer<double[]>
    {
        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] numbers)
        {
            HashCode hash = default;
            foreach (var number in numbers) hash.Add(number);
            return hash.ToHashCode();
        }
    }
}
