namespace Gradus.Graphs;

/// <summary>The layers of a graph, left to right, and what stands in each: nodes, and where an edge passes a layer a slot for it to pass through.</summary>
/// <remarks>
/// The uses of one value share their slots, so that a weight used in a hundred places takes one line through the picture and not a hundred.
/// </remarks>
internal sealed class LayerSlots
{
    private readonly List<int> _layerOf = [];
    private readonly List<int> _sources = [];
    private readonly List<List<int>> _left = [];
    private readonly List<List<int>> _right = [];

    public LayerSlots(GraphModel graph)
    {
        var layers = LayerAssignment.Of(graph);
        Layers = new List<int>[layers.Length == 0 ? 0 : layers.Max() + 1];
        for (var layer = 0; layer < Layers.Length; layer++) Layers[layer] = [];
        for (var id = 0; id < layers.Length; id++) Add(id, layers[id]);
        var passing = new Dictionary<(int Source, int Layer), int>();
        foreach (var edge in graph.Edges)
        {
            var last = edge.From;
            for (var layer = layers[edge.From] + 1; layer < layers[edge.To]; layer++)
            {
                if (!passing.TryGetValue((edge.From, layer), out var slot))
                {
                    passing.Add((edge.From, layer), slot = Add(edge.From, layer));
                    Connect(last, slot);
                }

                last = slot;
            }

            Connect(last, edge.To);
        }

        Nodes = layers.Length;
        Order(graph);
    }

    /// <summary>The slots of each layer, from top to bottom.</summary>
    public List<int>[] Layers { get; }

    /// <summary>The number of nodes; slots from here on are places where an edge passes.</summary>
    public int Nodes { get; }

    /// <summary>The number of slots.</summary>
    public int Count => _sources.Count;

    /// <summary>The node that a slot is, or whose value passes there.</summary>
    public int Source(int slot) => _sources[slot];

    public int Layer(int slot) => _layerOf[slot];

    public bool IsNode(int slot) => slot < Nodes;

    /// <summary>The slots of the layer before that lead here; of a node, one for each input.</summary>
    public List<int> Left(int slot) => _left[slot];

    /// <summary>The slots of the next layer that this leads to.</summary>
    public List<int> Right(int slot) => _right[slot];

    private int Add(int source, int layer)
    {
        _sources.Add(source);
        _layerOf.Add(layer);
        _left.Add([]);
        _right.Add([]);
        return _sources.Count - 1;
    }

    private void Connect(int from, int to)
    {
        _right[from].Add(to);
        _left[to].Add(from);
    }

    /// <summary>The first order: that in which a reader of the formula meets the values, which leaves a tree without crossings.</summary>
    private void Order(GraphModel graph)
    {
        var seen = new bool[Count];
        var open = new Stack<int>();
        foreach (var root in graph.Outputs.Concat(Enumerable.Range(0, Count).Reverse()))
        {
            open.Push(root);
            while (open.TryPop(out var slot))
            {
                if (seen[slot]) continue;
                seen[slot] = true;
                Layers[Layer(slot)].Add(slot);
                for (var index = _left[slot].Count - 1; index >= 0; index--) open.Push(_left[slot][index]);
            }
        }
    }
}
