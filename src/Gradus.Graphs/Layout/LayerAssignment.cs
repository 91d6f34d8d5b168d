namespace Gradus.Graphs;

/// <summary>In which layer each node stands.</summary>
/// <remarks>
/// First the longest path to it. Then, from the last node back, a node moves right to the layer before its first use where that makes no line longer in sum:
/// in a recurrent network the product w·xₜ goes to step t, rather than to the far left with a line through all steps before. What has no inputs stands just
/// before its first use.
/// </remarks>
internal sealed class LayerAssignment
{
    // How far down a tree of single uses is looked at.
    private const int Depth = 8;

    // A value that so many read, such as a shared weight, has readers all over the picture.
    private const int WidelyUsed = 6;

    // Readers that can move to within so many layers of each other stay together.
    private const int Near = 4;

    private readonly LayoutLevel _level;
    private readonly int[] _layers;
    private readonly int[] _uses;
    private readonly int[] _lastUse;
    private readonly List<int>[] _readers;
    private readonly List<int>[] _givers;

    private LayerAssignment(LayoutLevel level)
    {
        _level = level;
        _layers = new int[level.Items.Length];
        _uses = new int[_layers.Length];
        _lastUse = new int[_layers.Length];
        _readers = new List<int>[_layers.Length];
        _givers = new List<int>[_layers.Length];
        for (var id = 0; id < _readers.Length; id++)
        {
            (_readers[id], _givers[id]) = ([], []);
            // Inside a module the first layer is for what comes in, so that nothing else touches the frame.
            if (level.Group is not null && !level.Items[id].IsEntry) _layers[id] = 1;
        }

        foreach (var edge in level.Edges)
        {
            _layers[edge.To] = Math.Max(_layers[edge.To], _layers[edge.From] + 1);
            _uses[edge.From]++;
            _readers[edge.From].Add(edge.To);
            _givers[edge.To].Add(edge.From);
        }

        var last = Enumerable.Range(0, _layers.Length).Select(id => level.Items[id].IsExit ? 0 : _layers[id] + 1).DefaultIfEmpty(0).Max();
        for (var id = 0; id < _layers.Length; id++)
        {
            if (level.Items[id].IsExit) _layers[id] = last;
        }

        foreach (var edge in level.Edges) _lastUse[edge.From] = Math.Max(_lastUse[edge.From], _layers[edge.To]);
    }

    public static int[] Of(LayoutLevel level)
    {
        var assignment = new LayerAssignment(level);
        for (var id = level.Items.Length - 1; id >= 0; id--) assignment.MoveRight(id);
        return assignment._layers;
    }

    private void MoveRight(int id)
    {
        if (_readers[id].Count == 0 || _level.Items[id].IsEntry) return;
        var target = Latest(id);
        if (target <= _layers[id] || Cost(id, target, Depth) > 1) return;
        _layers[id] = target;
        foreach (var input in _givers[id]) _lastUse[input] = Math.Max(_lastUse[input], target);
    }

    /// <summary>The layer before the first use.</summary>
    private int Latest(int id)
    {
        var first = int.MaxValue;
        foreach (var reader in _readers[id]) first = Math.Min(first, _layers[reader]);
        return first - 1;
    }

    /// <summary>How many lines grow when a node, and what serves it alone, moves to a layer; the line that leaves it shrinks.</summary>
    private int Cost(int id, int layer, int depth)
    {
        var cost = 0;
        foreach (var input in _givers[id])
        {
            if (_uses[input] > 1) cost += Reaches(input, layer) ? 0 : 1;
            else if (depth == 0) cost++;
            else cost += Math.Min(1, Cost(input, layer - 1, depth - 1));
        }

        return cost;
    }

    /// <summary>Whether a shared value's line goes as far anyway, or, of a value without inputs, will when its other readers have moved as well.</summary>
    private bool Reaches(int input, int layer)
    {
        if (_lastUse[input] >= layer) return true;
        if (_givers[input].Count > 0 || _level.Items[input].IsEntry) return false;
        return _uses[input] > WidelyUsed || _readers[input].All(reader => _readers[reader].Count > 0 && Latest(reader) >= layer - Near);
    }
}
