namespace Gradus.Testing.Naive;

/// <summary>Reading from, and writing to, positions that are computed.</summary>
internal static class Placing
{
    /// <summary>An array whose element at each position is that of x at another one.</summary>
    public static NArray From(NArray x, int[] shape, Func<int[], int[]> source) => NArray.Build(shape, position => x[source(position)]);

    /// <summary>The same, with a value where the source lies outside of x.</summary>
    public static NArray FromOr(NArray x, int[] shape, Func<int[], int[]> source, double outside) => NArray.Build(shape, position =>
    {
        var at = source(position);
        return at.Zip(x.Shape, static (place, size) => place >= 0 && place < size).All(static inside => inside) ? x[at] : outside;
    });

    /// <summary>x with elements replaced one after the other.</summary>
    public static NArray Into(NArray x, IEnumerable<(int[] Position, double Value)> elements)
    {
        var written = NArray.Positions(x.Shape).ToDictionary(static position => string.Join(",", position), position => x[position]);
        foreach (var (position, value) in elements) written[string.Join(",", position)] = value;
        return NArray.Build(x.Shape, position => written[string.Join(",", position)]);
    }

    /// <summary>The sum of two arrays of one shape.</summary>
    public static NArray Plus(NArray x, NArray y) => new(x.Shape, [.. x.Values.Zip(y.Values, static (left, right) => left + right)]);

    /// <summary>The positions along an axis in the order of the elements, equal ones as they stand, NaN as the greatest.</summary>
    public static int[] Order(NArray x, int[] position, int axis, bool descending)
    {
        var line = Enumerable.Range(0, x.Shape[axis]).Select(place => (Place: place, Value: x[NArray.With(position, axis, place)])).ToList();
        // Moved to the front one by one, the first of the least: slow and plain.
        var order = new List<int>();
        while (line.Count > 0)
        {
            var best = 0;
            for (var candidate = 1; candidate < line.Count; candidate++)
            {
                var (value, least) = (line[candidate].Value, line[best].Value);
                var isBelow = !double.IsNaN(value) && (double.IsNaN(least) || value < least);
                var isAbove = !double.IsNaN(least) && (double.IsNaN(value) || value > least);
                if (descending ? isAbove : isBelow) best = candidate;
            }

            order.Add(line[best].Place);
            line.RemoveAt(best);
        }

        return [.. order];
    }

    /// <summary>The first elements of each line in order, and where they were.</summary>
    public static NArray[] Sorted(NArray x, int axis, int count, bool descending)
    {
        var shape = NArray.With(x.Shape, axis, count);
        var index = NArray.Build(shape, position => Order(x, position, axis, descending)[position[axis]]);
        return [From(x, shape, position => NArray.With(position, axis, (int)index[position])), index];
    }
}
