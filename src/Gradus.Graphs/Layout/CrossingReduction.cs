namespace Gradus.Graphs;

/// <summary>Orders the slots of each layer so that few edges cross: sweeps of barycenters, then exchanges of neighbors.</summary>
/// <remarks>
/// Sugiyama, Tagawa, Toda: Methods for Visual Understanding of Hierarchical System Structures, 1981. Crossings are counted as inversions (Barth, Jünger,
/// Mutzel, 2002).
/// </remarks>
internal sealed class CrossingReduction
{
    // An exchange may open the way for another sweep.
    private const int Rounds = 4;
    private const int Sweeps = 12;
    private const int Exchanges = 6;

    // Each pair of so many is tried.
    private const int MostArranged = 24;

    private readonly LayerSlots _slots;
    private readonly int[] _place;

    // Of each slot its first port's place among the ports of its layer.
    private readonly int[] _port;
    private readonly double[] _center;
    private readonly int[] _tree;

    private CrossingReduction(LayerSlots slots)
    {
        _slots = slots;
        _place = new int[slots.Count];
        _port = new int[slots.Count];
        _center = new double[slots.Count];
        _tree = new int[slots.Layers.Length == 0 ? 1 : slots.Layers.Max(layer => layer.Sum(slots.Ports)) + 1];
        foreach (var layer in slots.Layers) Note(layer);
    }

    public static void Run(LayerSlots slots)
    {
        var reduction = new CrossingReduction(slots);
        var before = reduction.Count();
        for (var (round, isDone) = (0, false); round < Rounds && before > 0 && !isDone; round++)
        {
            reduction.Sweep();
            reduction.Exchange();
            var after = reduction.Count();
            (isDone, before) = (round > 0 && after == before, after);
        }

        foreach (var layer in slots.Layers) reduction.Arrange(layer);
    }

    /// <summary>How many pairs of edges cross.</summary>
    public static long Count(LayerSlots slots) => new CrossingReduction(slots).Count();

    private void Sweep()
    {
        var layers = _slots.Layers;
        var fewest = Count();
        var best = layers.Select(static layer => layer.ToArray()).ToArray();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            if (sweep % 2 == 0)
            {
                for (var layer = layers.Length - 2; layer >= 0; layer--) Sort(layers[layer], slot => Average(_slots.Right(slot), _slots.RightPorts(slot)));
            }
            else
            {
                for (var layer = 1; layer < layers.Length; layer++) Sort(layers[layer], slot => Average(_slots.Left(slot)));
            }

            if (Count() is var count && count >= fewest) continue;
            fewest = count;
            for (var layer = 0; layer < best.Length; layer++) layers[layer].CopyTo(best[layer]);
        }

        for (var layer = 0; layer < best.Length; layer++)
        {
            layers[layer].Clear();
            layers[layer].AddRange(best[layer]);
            Note(layers[layer]);
        }
    }

    private void Sort(List<int> layer, Func<int, double?> center)
    {
        foreach (var slot in layer) _center[slot] = center(slot) ?? _place[slot];

        // Stable, so that what ties keeps the reader's order.
        var sorted = layer.OrderBy(slot => _center[slot]).ToArray();
        layer.Clear();
        layer.AddRange(sorted);
        Note(layer);
    }

    /// <summary>The mean place of neighbors, null without any; within one of them, that of the port.</summary>
    private double? Average(List<int> beside, List<int>? ports = null)
    {
        if (beside.Count == 0) return null;
        var sum = 0.0;
        for (var index = 0; index < beside.Count; index++)
        {
            var port = ports is null ? 0 : ((ports[index] + 0.5) / _slots.Ports(beside[index])) - 0.5;
            sum += _place[beside[index]] + port;
        }

        return sum / beside.Count;
    }

    private void Exchange()
    {
        for (var round = 0; round < Exchanges; round++)
        {
            var changed = false;
            foreach (var layer in _slots.Layers)
            {
                for (var index = 1; index < layer.Count; index++)
                {
                    var (upper, lower) = (layer[index - 1], layer[index]);
                    var now = Crossings(upper, lower);
                    if (now == 0 || Crossings(lower, upper) >= now) continue;
                    (layer[index - 1], layer[index]) = (lower, upper);
                    (_place[upper], _place[lower]) = (index, index - 1);
                    (_port[upper], _port[lower]) = (_port[upper] + _slots.Ports(lower), _port[upper]);
                    changed = true;
                }
            }

            if (!changed) return;
        }
    }

    /// <summary>Puts what has no inputs into the order in which it was given, as far as no more edges cross then.</summary>
    private void Arrange(List<int> layer)
    {
        int[] places = [.. Enumerable.Range(0, layer.Count).Where(place => _slots.IsGiven(layer[place]))];
        if (places.Length is < 2 or > MostArranged) return;
        var crossings = Count(layer);
        for (var upper = 0; upper < places.Length; upper++)
        {
            for (var lower = upper + 1; lower < places.Length; lower++)
            {
                if (layer[places[upper]] < layer[places[lower]]) continue;
                Swap(layer, places[upper], places[lower]);
                // What has no inputs crosses nothing on its other side.
                if (Count(layer) is var count && count <= crossings) crossings = count;
                else Swap(layer, places[upper], places[lower]);
            }
        }
    }

    private void Swap(List<int> layer, int one, int other)
    {
        (layer[one], layer[other]) = (layer[other], layer[one]);
        Note(layer);
    }

    /// <summary>How often the edges of one slot cross those of the slot below it.</summary>
    private long Crossings(int upper, int lower)
    {
        var count = 0L;
        foreach (var one in _slots.Left(upper))
        {
            foreach (var other in _slots.Left(lower))
            {
                if (_place[one] > _place[other]) count++;
            }
        }

        for (var one = 0; one < _slots.Right(upper).Count; one++)
        {
            for (var other = 0; other < _slots.Right(lower).Count; other++)
            {
                if (End(upper, one) > End(lower, other)) count++;
            }
        }

        return count;
    }

    /// <summary>Where an edge to the right ends, among the ports of the next layer.</summary>
    private int End(int slot, int edge) => _port[_slots.Right(slot)[edge]] + _slots.RightPorts(slot)[edge];

    private long Count() => _slots.Layers.Sum(Count);

    /// <summary>How many pairs of edges cross between a layer and the next.</summary>
    private long Count(List<int> layer)
    {
        var (count, seen) = (0L, 0);
        Array.Clear(_tree);
        foreach (var slot in layer)
        {
            // Edges of one slot do not cross each other: first count, then enter.
            for (var edge = 0; edge < _slots.Right(slot).Count; edge++) count += seen - UpTo(End(slot, edge));
            for (var edge = 0; edge < _slots.Right(slot).Count; edge++)
            {
                for (var at = End(slot, edge) + 1; at < _tree.Length; at += at & -at) _tree[at]++;
                seen++;
            }
        }

        return count;
    }

    /// <summary>How many edges that were entered end at this place or above.</summary>
    private int UpTo(int place)
    {
        var sum = 0;
        for (var at = place + 1; at > 0; at -= at & -at) sum += _tree[at];
        return sum;
    }

    private void Note(List<int> layer)
    {
        var port = 0;
        for (var index = 0; index < layer.Count; index++)
        {
            (_place[layer[index]], _port[layer[index]]) = (index, port);
            port += _slots.Ports(layer[index]);
        }
    }
}
