namespace Gradus.Graphs;

/// <summary>Something that stands in a layer: a node, an open module with all that is in it, or a gate where a value enters or leaves such a module.</summary>
internal sealed class LayoutItem
{
    // The line through a gate, from the frame to the first column.
    private const double GateWidth = 6;

    private LayoutItem(params ReadOnlySpan<int> inputs) => Inputs = [.. inputs];

    /// <summary>The values that it reads, by the nodes that give them.</summary>
    public List<int> Inputs { get; }

    /// <summary>The node, where it is one.</summary>
    public NodeSize? Node { get; private init; }

    /// <summary>What an open module looks like inside, where it is one.</summary>
    public Interior? Interior { get; private init; }

    /// <summary>Whether a value comes in from outside here.</summary>
    public bool IsEntry { get; private init; }

    /// <summary>Whether a value goes out here.</summary>
    public bool IsExit { get; private init; }

    public double HeadWidth => Node?.HeadLength ?? Interior?.Width ?? 0;

    public double LabelWidth => Node?.LabelLength ?? (Interior is null ? GateWidth : 0);

    public double HalfHeight => Node?.HalfBreadth ?? (Interior is { } interior ? interior.Height / 2 : 5);

    public static LayoutItem Of(NodeSize node) => new(node.Node.Inputs.AsSpan()) { Node = node };

    public static LayoutItem Of(Interior interior) => new([.. interior.Entries.Keys]) { Interior = interior };

    public static LayoutItem Entry() => new() { IsEntry = true };

    public static LayoutItem Exit(int value) => new(value) { IsExit = true };

    /// <summary>How far below its middle a value arrives.</summary>
    public double ArrivesAt(int value) => Interior is { } interior ? interior.Entries[value] - (interior.Height / 2) : 0;

    /// <summary>How far below its middle a value leaves.</summary>
    public double LeavesAt(int value) => Interior is { } interior ? interior.Exits[value] - (interior.Height / 2) : 0;
}

/// <summary>An open module laid out by itself from left to right, with the heights at which values come in at its left and go out at its right.</summary>
internal sealed record Interior(
    GraphGroup Group, double Width, double Height, double TitleAt, NodeShape[] Nodes, Wire[] Wires, GroupShape[] Groups,
    OrderedDictionary<int, double> Entries, Dictionary<int, double> Exits);
