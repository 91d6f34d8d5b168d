using System.Collections.Immutable;
using System.Numerics;

namespace Gradus.Graphs;

/// <summary>The paths from the heads of an evaluated graph down to one of its values.</summary>
internal sealed class PathSearch
{
    // So many are walked one by one, as long as the numbers that are carried along them together are few; of more, the largest are sought.
    private const int MostWalked = 20_000;
    private const long MostCarried = 50_000_000;

    // How many ways to a node of a tensor graph are followed further.
    private const int Beam = 64;

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
    public bool IsComplete => Count <= MostWalked && Count * _graph.Nodes[_target].Shape.ElementCount <= MostCarried;

    /// <summary>The paths in the order of what they contribute, the largest first: all of them where they can be walked, else as many as asked for.</summary>
    public List<GraphPath> Largest(int most)
    {
        if (IsComplete) return [.. Walk().OrderByDescending(static path => path.Size)];
        var isScalar = _graph.Nodes.All(node => _counts[node.Id].IsZero || node.Id == _target || node.Local.All(static local => local.Number is not null));
        return [.. isScalar ? BestFirst().Take(most) : Widest().OrderByDescending(static path => path.Size).Take(most)];
    }

    /// <summary>Every path, depth first, with the gradient carried along by the engine's rules.</summary>
    private IEnumerable<GraphPath> Walk()
    {
        var open = new Stack<Way>();
        foreach (var (head, seed) in _seeds.Reverse())
        {
            if (!_counts[head].IsZero) open.Push(Begin(head, seed));
        }

        while (open.TryPop(out var way))
        {
            if (way.Node == _target)
            {
                yield return way.ToPath();
                continue;
            }

            var node = _graph.Nodes[way.Node];
            for (var input = node.Inputs.Length - 1; input >= 0; input--)
            {
                if (!_counts[node.Inputs[input]].IsZero) open.Push(Step(way, node, input));
            }
        }
    }

    /// <summary>Of tensors, from node to node in order: of the ways that reach a node, those that carry most are followed.</summary>
    private IEnumerable<GraphPath> Widest()
    {
        var arrived = new List<Way>?[_counts.Length];
        foreach (var (head, seed) in _seeds) (arrived[head] ??= []).Add(Begin(head, seed));
        for (var id = _counts.Length - 1; id > _target; id--)
        {
            if (arrived[id] is not { } ways || _counts[id].IsZero) continue;
            arrived[id] = null;
            var node = _graph.Nodes[id];
            foreach (var way in ways.OrderByDescending(static way => way.Norms[^1]).Take(Beam))
            {
                for (var input = 0; input < node.Inputs.Length; input++)
                {
                    var next = node.Inputs[input];
                    if (!_counts[next].IsZero) (arrived[next] ??= []).Add(Step(way, node, input));
                }
            }
        }

        return (arrived[_target] ?? []).Select(static way => way.ToPath());
    }

    /// <summary>Paths of single numbers, the largest product first: none can grow by more than the largest product from where it is to the target.</summary>
    private IEnumerable<GraphPath> BestFirst()
    {
        var bounds = Bounds();
        var open = new PriorityQueue<Way, double>();
        foreach (var (head, seed) in _seeds)
        {
            if (!_counts[head].IsZero) open.Enqueue(Begin(head, seed), -Math.Abs(seed.Item()) * bounds[head]);
        }

        while (open.TryDequeue(out var way, out _))
        {
            if (way.Node == _target)
            {
                yield return way.ToPath();
                continue;
            }

            var node = _graph.Nodes[way.Node];
            for (var input = 0; input < node.Inputs.Length; input++)
            {
                if (_counts[node.Inputs[input]].IsZero) continue;
                var next = Step(way, node, input);
                open.Enqueue(next, -Math.Abs(next.Gradient.Item()) * bounds[next.Node]);
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
                if (!_counts[node.Inputs[input]].IsZero)
                {
                    bounds[id] = Math.Max(bounds[id], Math.Abs(node.Local[input].Number!.Value) * bounds[node.Inputs[input]]);
                }
            }
        }

        return bounds;
    }

    private static Way Begin(int head, Tensor seed) => new(head, head, [], seed, [GraphPath.NormOf(seed)]);

    private Way Step(Way way, GraphNode node, int input)
    {
        // As in back-propagation nothing comes of nothing, whatever the slope: 0 · ∞ is 0 on a way that was not chosen.
        var gradient = node.Local[input].Number is { } number
            ? Tensor.Scalar(way.Gradient.Item() is var carried && carried == 0 ? 0 : carried * number)
            : node.Definition!.Pull([.. node.Inputs.Select(id => _graph.Nodes[id].Value!)], node.Axis, input, way.Gradient);
        return new(way.Head, node.Inputs[input], way.Steps.Add(new PathStep(node.Id, input)), gradient, way.Norms.Add(GraphPath.NormOf(gradient)));
    }

    /// <summary>The beginning of a path, and the gradient carried so far.</summary>
    private sealed record Way(int Head, int Node, ImmutableList<PathStep> Steps, Tensor Gradient, ImmutableList<double> Norms)
    {
        public GraphPath ToPath() => new(Head, [.. Steps], Gradient, [.. Norms]);
    }
}
