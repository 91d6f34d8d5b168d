namespace Gradus.Graphs;

/// <summary>Draws the lines between what has found its place.</summary>
internal sealed class Wiring(LayoutLevel level, LayerSlots slots, LayeredLayout.Column[] columns, RowBreaks rows, Box[] heads, double[] y)
{
    private const double ArrowLength = 6;

    public void Run(LayeredLayout.Places places)
    {
        var labeled = places.Nodes.Where(static node => node.Labels.Length > 0).Select(static node => node.Node.Id).ToHashSet();
        for (var slot = 0; slot < slots.Count; slot++) Leave(slot, places, labeled);
        for (var slot = 0; slot < slots.Count; slot++) Arrive(slot, places);
    }

    /// <summary>The line out of each item, with its labels, and through each place that an edge passes.</summary>
    private void Leave(int slot, LayeredLayout.Places places, HashSet<int> labeled)
    {
        var column = columns[slots.Layer(slot)];
        if (!slots.IsNode(slot))
        {
            Straight(slots.Value(slot), column.Left, column.Right, y[slot]);
            return;
        }

        var item = level.Items[slot];
        if (item.Node?.Node.Id is { } id && (slots.Right(slot).Count > 0 || labeled.Contains(id))) Straight(id, heads[slot].Right, column.Right, y[slot]);
        if (item.Interior is { } interior)
        {
            foreach (var (value, height) in interior.Exits) Straight(value, heads[slot].Right, column.Right, heads[slot].Top + height);
        }

        if (item.IsEntry)
        {
            var value = level.Edges.First(edge => edge.From == slot).Value;
            places.Entries.Add(value, y[slot]);
            Straight(value, column.Left, column.Right, y[slot]);
        }

        if (item.IsExit)
        {
            places.Exits.Add(item.Inputs[0], (item.Inputs[0], y[slot]));
            Straight(item.Inputs[0], column.Left, column.Right, y[slot]);
        }

        void Straight(int value, double left, double right, double height)
        {
            if (right > left) places.Wires.Add(new Wire(value, null, null, Line(new Point(left, height), new Point(right, height))));
        }
    }

    /// <summary>The curves through the gap before a slot, and the last piece to a node with its arrow.</summary>
    private void Arrive(int slot, LayeredLayout.Places places)
    {
        var ports = Ports(slot);
        for (var input = 0; input < slots.Left(slot).Count; input++)
        {
            var from = slots.Left(slot)[input];
            var value = slots.Value(slot, input);
            var begin = new Point(columns[slots.Layer(from)].Right, y[from] + slots.LeavesAt(from, value));
            var end = new Point(columns[slots.Layer(slot)].Left, ports[input].Y);
            var isBetween = rows.IsBetween(from, slot);
            Point[] Across(Point end) => isBetween ? rows.Turn(from, value, begin, end) : Curve(begin, end);
            if (!slots.IsNode(slot) || level.Items[slot].Node is not { } node)
            {
                places.Wires.Add(new Wire(value, null, null, Across(end)));
                if (ports[input].X > end.X) places.Wires.Add(new Wire(value, null, null, Line(end, ports[input])));
                continue;
            }

            var tip = new Point(ports[input].X - ArrowLength, ports[input].Y);
            places.Wires.Add(new Wire(value, node.Node.Id, input, tip.X > end.X ? [.. Across(end), .. Line(end, tip)[1..]] : Across(tip)));
        }
    }

    /// <summary>
    /// Where each line arrives: at a node one below the other, in the order of its inputs where that matters, else in the order they come from, so that they do
    /// not cross at the end; at a module where its value goes in.
    /// </summary>
    private Point[] Ports(int slot)
    {
        var left = slots.Left(slot);
        if (!slots.IsNode(slot)) return [.. left.Select(_ => new Point(0, y[slot]))];
        var (item, head) = (level.Items[slot], heads[slot]);
        if (item.Interior is { } interior) return [.. item.Inputs.Select(value => new Point(head.Left, head.Top + interior.Entries[value]))];
        if (item.Node is not { } node) return [.. left.Select(_ => new Point(0, y[slot]))];
        var order = Enumerable.Range(0, left.Count).OrderBy(input => slots.IsOrdered(slot) ? input : y[left[input]] + slots.LeftShifts(slot)[input]).ToArray();
        var distance = left.Count > 1 ? Math.Min(13, head.Height * 0.66 / (left.Count - 1)) : 0;
        var ports = new Point[left.Count];
        for (var index = 0; index < order.Length; index++)
        {
            var offset = (index - ((order.Length - 1) / 2.0)) * distance;
            var radius = head.Height / 2;
            var inset = node.IsCircle ? radius - Math.Sqrt((radius * radius) - (offset * offset)) : 0;
            ports[order[index]] = new Point(head.Left + inset, y[slot] + offset);
        }

        return ports;
    }

    public static Point[] Line(Point from, Point to) => [from, from, to, to];

    private static Point[] Curve(Point from, Point to)
    {
        var half = (to.X - from.X) / 2;
        return [from, new Point(from.X + half, from.Y), new Point(to.X - half, to.Y), to];
    }
}
