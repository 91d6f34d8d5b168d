using System.Collections.Immutable;
using System.Numerics;

namespace Gradus.Graphs;

/// <summary>The paths from the heads of an evaluated graph down to one of its values.</summary>
internal sealed class PathSearch
{
    // So many are walked one by one; of more, the largest are sought.
    private const int MostWalked = 20_000;

    private readonly GraphModel _graph;
    private readonly int _target;
    private readonly BigInteger[] _counts;
    private readonly IReadOnlyDictionary<int, Tensor> _seeds;

    public PathSearch(GraphModel graph, int target, IReadOnlyDictionary<int, Tensor> seeds)
    {
        (_graph, _target, _seeds) = (graph, target, seeds);
        _counts = new BigInteger[graph.Nodes.Length];
        _counts[target] = 1;
        for (var id = target + 1; id < _counts.Length; id++)
        {
            foreach (var input in graph.Nodes[id].Inputs) _counts[id] += _counts[input];
        }
    }

    /// <summary>How many paths there are.</summary>
    public BigInteger Count => _seeds.Keys.Aggregate(BigInteger.Zero, (sum, head) => sum + _counts[head]);

    /// <summary>Whether <see cref="Largest"/> looks at every path.</summary>
    public bool IsComplete => Count <= MostWalked;

    /// <summary>The paths in the order of what they contribute, the largest first: all of them where they can be walked, else as many as asked for.</summary>
    public List<GraphPath> Largest(int most)
    {
        var isScalar = _graph.Nodes.All(node => _counts[node.Id].IsZero || node.Id == _target || node.Local.All(static local => local.Number is not null));
        return !IsComplete && isScalar ? [.. BestFirst().Take(most)] : [.. Walk().Take(MostWalked).OrderByDescending(static path => path.Size)];
    }

    /// <summary>Every path, depth first, with the gradient carried along by the engine's rules.</summary>
    private IEnumerable<GraphPath> Walk()
    {
        var open = new Stack<(int Head, int Node, ImmutableList<PathStep> Steps, Tensor Gradient)>();
        foreach (var (head, seed) in _seeds.Reverse())
        {
            if (!_counts[head].IsZero) open.Push((head, head, [], seed));
        }

        while (open.TryPop(out var path))
        {
            if (path.Node == _target)
            {
                yield return new GraphPath(path.Head, [.. path.Steps], path.Gradient);
                continue;
            }

            var node = _graph.Nodes[path.Node];
            for (var input = node.Inputs.Length - 1; input >= 0; input--)
            {
                if (_counts[node.Inputs[input]].IsZero) continue;
                open.Push((path.Head, node.Inputs[input], path.Steps.Add(new PathStep(node.Id, input)), Pull(node, input, path.Gradient)));
            }
        }
    }

    /// <summary>Paths of single numbers, the largest product first: none can grow by more than the largest product from where it is to the target.</summary>
    private IEnumerable<GraphPath> BestFirst()
    {
        var bounds = Bounds();
        var open = new PriorityQueue<(int Head, int Node, ImmutableList<PathStep> Steps, double Product), double>();
        foreach (var (head, seed) in _seeds)
        {
            if (!_counts[head].IsZero) open.Enqueue((head, head, [], seed.Item()), -Math.Abs(seed.Item()) * bounds[head]);
        }

        while (open.TryDequeue(out var path, out _))
        {
            if (path.Node == _target)
            {
                yield return new GraphPath(path.Head, [.. path.Steps], Tensor.Scalar(path.Product));
                continue;
            }

            var node = _graph.Nodes[path.Node];
            for (var input = 0; input < node.Inputs.Length; input++)
            {
                if (_counts[node.Inputs[input]].IsZero) continue;
                var product = path.Product * node.Local[input].Number!.Value;
                open.Enqueue((path.Head, node.Inputs[input], path.Steps.Add(new PathStep(node.Id, input)), product), -Math.Abs(product) * bounds[node.Inputs[input]]);
            }
        }
    }

    /// <summary>Of each node the largest product of local derivatives along a path from it to the target.</summary>
    private double[] Bounds()
    {
        var bounds = new double[_counts.Length];
        bounds[_target] = 1;
        for (var id = _target + 1; id < bounds.Length; id++)
        {
            var node = _graph.Nodes[id];
            for (var input = 0; input < node.Inputs.Length; input++)
            {
                if (!_counts[node.Inputs[input]].IsZero) bounds[id] = Math.Max(bounds[id], Math.Abs(node.Local[input].Number!.Value) * bounds[node.Inputs[input]]);
            }
        }

        return bounds;
    }

    private Tensor Pull(GraphNode node, int input, Tensor gradient) => node.Local[input].Number is { } number
        ? Tensor.Scalar(gradient.Item() * number)
        : node.Definition!.Pull([.. node.Inputs.Select(id => _graph.Nodes[id].Value!)], node.Axis, input, gradient);
}
