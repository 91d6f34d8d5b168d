namespace Gradus.Graphs;

/// <summary>Evaluates again, in float64, what depends on one value of a graph, with another in its place.</summary>
internal sealed class Replay(GraphModel graph, int target, IReadOnlyDictionary<int, Tensor> seeds)
{
    // The cube root of the rounding error, where truncation and rounding are about equal.
    private const double Step = 6e-6;

    private readonly Dictionary<int, Tensor> _values = [];

    /// <summary>The central difference of the heads, weighted by their seeds, for each element of the value.</summary>
    public Tensor Difference()
    {
        var node = graph.Nodes[target];
        var values = Exact(target).ToArray<double>();
        var result = new double[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            var (value, step) = (values[index], Step * Math.Max(1, Math.Abs(values[index])));
            values[index] = value + step;
            var above = Head(Tensor.From(values, node.Shape));
            values[index] = value - step;
            var below = Head(Tensor.From(values, node.Shape));
            values[index] = value;
            result[index] = (above - below) / (2 * step);
        }

        return Tensor.From(result, node.Shape);
    }

    /// <summary>The central difference along a direction of length 1.</summary>
    public double Along(Tensor direction)
    {
        var value = Exact(target);
        var step = Step * Math.Max(1, GraphPath.NormOf(value));
        return (Head(value + (direction * step)) - Head(value - (direction * step))) / (2 * step);
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
