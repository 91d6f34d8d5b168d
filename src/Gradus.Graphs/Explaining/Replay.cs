namespace Gradus.Graphs;

/// <summary>Evaluates again, in float64, what depends on one value of a graph, with another in its place.</summary>
internal sealed class Replay(GraphModel graph, int target, IReadOnlyDictionary<int, Tensor> seeds)
{
    private readonly Dictionary<int, Tensor> _values = [];

    /// <summary>The slope of the heads, weighted by their seeds, by each element of the value.</summary>
    public Slope[] Slopes()
    {
        var node = graph.Nodes[target];
        var values = Exact(target).ToArray<double>();
        var slopes = new Slope[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            var value = values[index];
            slopes[index] = Slope.At(moved => Moved(index, moved), value);
            values[index] = value;
        }

        return slopes;

        double Moved(int index, double value)
        {
            values[index] = value;
            return Head(Tensor.From([.. values], node.Shape));
        }
    }

    /// <summary>The slope along a direction of length 1.</summary>
    public Slope Along(Tensor direction)
    {
        var value = Exact(target);
        var size = Math.Max(1, GraphPath.NormOf(value));
        // In units of the value's own size, which the step follows.
        var slope = Slope.At(step => Head(value + (direction * (step * size))), 0);
        return slope with { Central = slope.Central / size, Below = slope.Below / size, Above = slope.Above / size };
    }

    private double Head(Tensor value)
    {
        var changed = new Dictionary<int, Tensor> { [target] = value };
        for (var id = target + 1; id < graph.Nodes.Length; id++)
        {
            var node = graph.Nodes[id];
            if (!node.Inputs.Any(changed.ContainsKey)) continue;
            changed[id] = node.Definition!.Apply([.. node.Inputs.Select(input => changed.GetValueOrDefault(input) ?? Exact(input))], node.Axis);
        }

        return seeds.Sum(seed => changed.TryGetValue(seed.Key, out var head) ? (head * seed.Value).Sum().Item() : 0);
    }

    private Tensor Exact(int id)
    {
        if (_values.TryGetValue(id, out var known)) return known;
        var value = graph.Nodes[id].Value!;
        return _values[id] = value.DType.IsFloat ? value.To(DType.Float64) : value;
    }
}
