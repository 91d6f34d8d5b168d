namespace Gradus.Graphs;

/// <summary>The layers of a graph, left to right, and what stands in each: nodes, and where an edge passes a layer a slot for it to pass through.</summary>
/// <remarks>
/// The uses of one value share their slots, so that a weight used in a hundred places takes one line through the picture and not a hundred.
/// </remarks>
internal sealed class LayerSlots
{
    private readonly LayoutLevel _level;
    private readonly List<int> _layerOf = [];
    private readonly List<int> _values = [];
    private readonly List<List<int>> _left = [];
    private readonly List<List<int>> _right = [];
    private readonly List<List<int>> _rightPorts = [];
    private readonly List<List<double>> _leftShifts = [];
    private readonly List<List<double>> _rightShifts = [];

    public LayerSlots(LayoutLevel level)
    {
        _level = level;
        var layers = LayerAssignment.Of(level);
        Layers = new List<int>[layers.Length == 0 ? 0 : layers.Max() + 1];
        for (var layer = 0; layer < Layers.Length; layer++) Layers[layer] = [];
        for (var id = 0; id < layers.Length; id++) Add(-1, layers[id]);
        var passing = new Dictionary<(int Value, int Layer), int>();
        foreach (var edge in level.Edges)
        {
            var last = edge.From;
            var offset = level.Items[edge.From].LeavesAt(edge.Value);
            for (var layer = layers[edge.From] + 1; layer < layers[edge.To]; layer++)
            {
                if (!passing.TryGetValue((edge.Value, layer), out var slot))
                {
                    passing.Add((edge.Value, layer), slot = Add(edge.Value, layer));
                    Connect(last, slot, offset);
                }

                (last, offset) = (slot, 0);
            }

            Connect(last, edge.To, offset - level.Items[edge.To].ArrivesAt(edge.Value));
        }

        Nodes = layers.Length;
        Order(level);
    }

    /// <summary>The slots of each layer, from top to bottom.</summary>
    public List<int>[] Layers { get; }

    /// <summary>The number of items; slots from here on are places where an edge passes.</summary>
    public int Nodes { get; }

    /// <summary>The number of slots.</summary>
    public int Count => _values.Count;

    /// <summary>The value that passes at a slot.</summary>
    public int Value(int slot) => _values[slot];

    /// <summary>The value that comes to a slot from one of <see cref="Left"/>.</summary>
    public int Value(int slot, int input) => IsNode(slot) ? _level.Items[slot].Inputs[input] : _values[slot];

    /// <summary>How far below a slot's height a value leaves it.</summary>
    public double LeavesAt(int slot, int value) => IsNode(slot) ? _level.Items[slot].LeavesAt(value) : 0;

    public int Layer(int slot) => _layerOf[slot];

    public bool IsNode(int slot) => slot < Nodes;

    /// <summary>Whether it is a variable or constant, or where a value comes into a module.</summary>
    public bool IsGiven(int slot) => IsNode(slot) && _level.Items[slot].Inputs.Count == 0;

    /// <summary>Whether it is a module's own parameter or constant, which joins what flows through the module from the side.</summary>
    public bool IsSide(int slot) => IsNode(slot) && _level.Group is not null && _level.Items[slot] is { Inputs.Count: 0, IsEntry: false };

    /// <summary>The slots of the layer before that lead here; of a node, one for each input.</summary>
    public List<int> Left(int slot) => _left[slot];

    /// <summary>The slots of the next layer that this leads to.</summary>
    public List<int> Right(int slot) => _right[slot];

    /// <summary>For each of <see cref="Right"/>, at which port of it the line arrives, from top to bottom; 0 where it has one for all.</summary>
    public List<int> RightPorts(int slot) => _rightPorts[slot];

    /// <summary>How many ports a slot has that keep their order.</summary>
    public int Ports(int slot) => IsOrdered(slot) ? Math.Max(1, _left[slot].Count) : 1;

    /// <summary>Whether it is an operation whose inputs arrive in their order.</summary>
    public bool IsOrdered(int slot) => slot < _level.Items.Length && _level.Items[slot].Node?.Node.Definition is { IsOrdered: true };

    /// <summary>For each of <see cref="Left"/>, by how much lower than it this slot has to be for a straight line.</summary>
    public List<double> LeftShifts(int slot) => _leftShifts[slot];

    /// <summary>For each of <see cref="Right"/>, by how much lower than it this slot has to be for a straight line.</summary>
    public List<double> RightShifts(int slot) => _rightShifts[slot];

    private int Add(int value, int layer)
    {
        _values.Add(value);
        _layerOf.Add(layer);
        _left.Add([]);
        _right.Add([]);
        _rightPorts.Add([]);
        _leftShifts.Add([]);
        _rightShifts.Add([]);
        return _values.Count - 1;
    }

    private void Connect(int from, int to, double drop)
    {
        _right[from].Add(to);
        _rightPorts[from].Add(IsOrdered(to) ? _left[to].Count : 0);
        _left[to].Add(from);
        _rightShifts[from].Add(-drop);
        _leftShifts[to].Add(drop);
    }

    /// <summary>The first order: that in which a reader of the formula meets the values, which leaves a tree without crossings.</summary>
    private void Order(LayoutLevel level)
    {
        var seen = new bool[Count];
        var open = new Stack<int>();
        foreach (var root in level.Roots.Concat(Enumerable.Range(0, Count).Reverse()))
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
