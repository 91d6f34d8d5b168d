namespace Gradus.Graphs;

/// <summary>Back-propagation as a list of steps: every product of a gradient with a local derivative, computed by the engine, of each head by itself.</summary>
internal sealed class GraphWalk
{
    /// <summary>The most heads whose shares of a gradient are told apart.</summary>
    public const int MostHeads = 64;

    private readonly GraphModel _graph;
    private readonly bool _isEvaluated;

    // Of each node and each head, as far as contributions have come.
    private readonly Tensor?[][] _gradients;

    private GraphWalk(GraphModel graph)
    {
        (_graph, _isEvaluated) = (graph, graph.IsEvaluated);
        Heads = [.. graph.Outputs.Select(output => new GraphHead(output, graph.Seeds.GetValueOrDefault(output)))
            .Where(head => graph.Nodes[head.Node].Gradient is not null || head.Seed is null)];
        if (Heads.Length > MostHeads)
        {
            OptionMessage message = $"the graph has {Heads.Length} heads; at most {MostHeads} are followed at once. " +
                $"Say which of them with {new OptionHint("heads")}, or Graph with fewer tensors.";
            throw message.In(static text => new GradusException(text));
        }

        _gradients = [.. graph.Nodes.Select(_ => new Tensor?[Heads.Length])];
        for (var head = 0; head < Heads.Length; head++) _gradients[Heads[head].Node][head] = Heads[head].Seed;
    }

    /// <summary>Where it starts.</summary>
    public GraphHead[] Heads { get; }

    /// <summary>The steps in order: a node's gradient is complete before it is carried on.</summary>
    public List<GraphStep> Steps { get; } = [];

    public static GraphWalk Of(GraphModel graph)
    {
        var walk = new GraphWalk(graph);
        for (var id = graph.Nodes.Length - 1; id >= 0; id--) walk.Visit(graph.Nodes[id]);
        return walk;
    }

    private void Visit(GraphNode node)
    {
        var upstream = _gradients[node.Id];
        // What is not known is shown by its rule; what is known not to flow, not at all.
        if (_isEvaluated && Array.TrueForAll(upstream, static gradient => gradient is null)) return;
        for (var input = 0; input < node.Inputs.Length; input++)
        {
            var target = _graph.Nodes[node.Inputs[input]];
            if (_isEvaluated ? target.Gradient is null : target.Kind == GraphNodeKind.Constant) continue;
            var contributions = new Tensor?[upstream.Length];
            for (var head = 0; head < upstream.Length; head++)
            {
                if (upstream[head] is not { } gradient || !_isEvaluated) continue;
                contributions[head] = Contribution(node, input, gradient);
                var before = _gradients[target.Id][head];
                _gradients[target.Id][head] = before is null ? contributions[head] : before + contributions[head]!;
            }

            Steps.Add(new GraphStep(node.Id, input, target.Id, contributions));
        }
    }

    private Tensor Contribution(GraphNode node, int input, Tensor upstream) =>
        node.Local[input].Number is { } local
            ? Tensor.Scalar(upstream.Item() * local)
            : node.Definition!.Pull([.. node.Inputs.Select(id => _graph.Nodes[id].Value!)], node.Axis, input, upstream);
}
