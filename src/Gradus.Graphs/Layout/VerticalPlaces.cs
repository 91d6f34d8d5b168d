namespace Gradus.Graphs;

/// <summary>Gives each slot its height: near its neighbors, long edges straight, nothing on top of another.</summary>
/// <remarks>
/// A layer is placed at once: the heights that are nearest to the wished ones, in the sense of weighted least squares, among those that keep order and
/// distance. With the distances taken off this is isotonic regression, which pooling adjacent violators solves exactly in one pass.
/// </remarks>
internal sealed class VerticalPlaces
{
    private const int Sweeps = 24;
    private const double Spacing = 12;

    // Straightness of a passing edge is worth so much more than that of one at a node.
    private const double PassingWeight = 8;

    // Through a chain of modules the line then runs straight.
    private const double SideWeight = 0.05;

    private readonly LayerSlots _slots;
    private readonly double[] _half;
    private readonly double[] _y;
    private readonly int[] _index;
    private readonly int[] _row;

    private VerticalPlaces(LayerSlots slots, double[] half, List<int> starts)
    {
        _slots = slots;
        _half = half;
        _y = new double[slots.Count];
        _index = new int[slots.Count];
        _row = new int[slots.Layers.Length];
        for (var layer = 0; layer < _row.Length; layer++) _row[layer] = starts.Count(start => start <= layer);
        foreach (var layer in slots.Layers)
        {
            for (var index = 0; index < layer.Count; index++) _index[layer[index]] = index;
        }
    }

    /// <summary>The height of each slot's line.</summary>
    /// <param name="slots">The slots, in order.</param>
    /// <param name="half">How far each reaches above and below its line.</param>
    /// <param name="starts">The first layer of each row, from one of which to the next no line is to be straight; none for a single row.</param>
    public static double[] Of(LayerSlots slots, double[] half, List<int> starts)
    {
        var places = new VerticalPlaces(slots, half, starts);
        foreach (var layer in slots.Layers) places.Place(layer, Sides.Neither);
        var layers = slots.Layers;
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var isLast = sweep >= Sweeps - 4;
            if (sweep % 2 == 0)
            {
                for (var layer = 0; layer < layers.Length; layer++) places.Place(layers[layer], isLast ? Sides.Both : Sides.Left);
            }
            else
            {
                for (var layer = layers.Length - 1; layer >= 0; layer--) places.Place(layers[layer], isLast ? Sides.Both : Sides.Right);
            }
        }

        foreach (var slot in Enumerable.Range(slots.Nodes, slots.Count - slots.Nodes)) places.Straighten(slot);
        return places._y;
    }

    private void Place(List<int> layer, Sides near)
    {
        var blocks = new Stack<(double Sum, double Weight, int Count)>();
        var offsets = new double[layer.Count];
        for (var index = 0; index < layer.Count; index++)
        {
            if (index > 0) offsets[index] = offsets[index - 1] + _half[layer[index - 1]] + _half[layer[index]] + Spacing;
            var (wish, weight) = Wish(layer[index], near);
            var block = (Sum: (wish - offsets[index]) * weight, Weight: weight, Count: 1);
            while (blocks.TryPeek(out var above) && above.Sum / above.Weight >= block.Sum / block.Weight)
            {
                blocks.Pop();
                block = (block.Sum + above.Sum, block.Weight + above.Weight, block.Count + above.Count);
            }

            blocks.Push(block);
        }

        var last = layer.Count;
        while (blocks.TryPop(out var block))
        {
            for (var index = last - block.Count; index < last; index++) _y[layer[index]] = (block.Sum / block.Weight) + offsets[index];
            last -= block.Count;
        }
    }

    /// <summary>Brings the places that an edge passes, from the first on, to one height for as many layers as there is room.</summary>
    private void Straighten(int first)
    {
        if (!_slots.IsNode(_slots.Left(first)[0]) && IsOneRow(first, _slots.Left(first)[0])) return;
        var run = new List<int>();
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        for (int? slot = first; slot is { } passing; slot = Next(passing))
        {
            var (above, below) = Room(passing);
            if (run.Count > 0 && (Math.Max(least, above) > Math.Min(most, below)))
            {
                Level(run, least, most);
                run.Clear();
                (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
            }

            run.Add(passing);
            (least, most) = (Math.Max(least, above), Math.Min(most, below));
        }

        Level(run, least, most);
    }

    /// <summary>Sets a run to the height of the slot it comes from where there is room for that, else to its mean.</summary>
    private void Level(List<int> run, double least, double most)
    {
        var height = Math.Clamp(run.Average(slot => _y[slot]), least, most);
        var from = _slots.Left(run[0])[0];
        if (IsOneRow(from, run[0]) && _y[from] + _slots.LeftShifts(run[0])[0] is var source && source >= least && source <= most) height = source;
        foreach (var slot in run) _y[slot] = height;
    }

    private int? Next(int passing)
    {
        foreach (var slot in _slots.Right(passing))
        {
            if (!_slots.IsNode(slot) && IsOneRow(passing, slot)) return slot;
        }

        return null;
    }

    /// <summary>The least and the largest height that the slots above and below leave.</summary>
    private (double Least, double Most) Room(int slot)
    {
        var layer = _slots.Layers[_slots.Layer(slot)];
        var index = _index[slot];
        var least = index == 0 ? double.NegativeInfinity : _y[layer[index - 1]] + _half[layer[index - 1]] + _half[slot] + Spacing;
        var most = index == layer.Count - 1 ? double.PositiveInfinity : _y[layer[index + 1]] - _half[layer[index + 1]] - _half[slot] - Spacing;
        // Rounding may leave a hair less than no room.
        return (Math.Min(least, _y[slot]), Math.Max(most, _y[slot]));
    }

    /// <summary>The weighted mean of the neighbors' heights; without neighbors, faintly, where it is.</summary>
    private (double Wish, double Weight) Wish(int slot, Sides near)
    {
        var (sum, weight) = (_y[slot] * 0.01, 0.01);
        if (near.HasFlag(Sides.Left)) Add(_slots.Left(slot), _slots.LeftShifts(slot));
        if (near.HasFlag(Sides.Right)) Add(_slots.Right(slot), _slots.RightShifts(slot));
        return (sum / weight, weight);

        void Add(List<int> neighbors, List<double> shifts)
        {
            for (var index = 0; index < neighbors.Count; index++)
            {
                if (!IsOneRow(slot, neighbors[index])) continue;
                var share = !_slots.IsNode(slot) && !_slots.IsNode(neighbors[index])
                    ? PassingWeight
                    : _slots.IsSide(slot) || _slots.IsSide(neighbors[index]) ? SideWeight : 1;
                sum += (_y[neighbors[index]] + shifts[index]) * share;
                weight += share;
            }
        }
    }

    private bool IsOneRow(int slot, int other) => _row[_slots.Layer(slot)] == _row[_slots.Layer(other)];

    [Flags]
    private enum Sides
    {
        Neither = 0,
        Left = 1,
        Right = 2,
        Both = Left | Right,
    }
}
