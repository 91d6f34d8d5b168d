namespace Gradus.Graphs;

/// <summary>What a label says.</summary>
internal enum LabelKind
{
    Value,
    Gradient,

    /// <summary>What each of several heads adds to the gradient.</summary>
    Shares,
}

/// <summary>A text on a node's line.</summary>
internal sealed record Label(LabelKind Kind, string Name, string Text, Box Box);

/// <summary>A row of cells that shows a tensor's elements by color.</summary>
internal sealed record Strip(LabelKind Kind, Tensor Tensor, Box Box);

/// <summary>A node as it is drawn: a circle or pill around a symbol, or a bare name, and the labels on the line that leaves it.</summary>
internal sealed record NodeShape(GraphNode Node, string Text, Box Head, bool IsCircle, Label[] Labels, Strip[] Strips)
{
    public NodeShape Moved(double x, double y) => this with
    {
        Head = Head.Moved(x, y),
        Labels = [.. Labels.Select(label => label with { Box = label.Box.Moved(x, y) })],
        Strips = [.. Strips.Select(strip => strip with { Box = strip.Box.Moved(x, y) })],
    };

    public NodeShape Turned() => this with
    {
        Head = Head.Turned(),
        Labels = [.. Labels.Select(static label => label with { Box = label.Box.Turned() })],
        Strips = [.. Strips.Select(static strip => strip with { Box = strip.Box.Turned() })],
    };
}

/// <summary>The frame around an open module, with its title at the top.</summary>
/// <param name="Group">The module.</param>
/// <param name="Box">The frame.</param>
/// <param name="TitleAt">How far right of the frame's left side the title begins.</param>
internal sealed record GroupShape(GraphGroup Group, Box Box, double TitleAt);

/// <summary>A piece of an edge: a start and then, three points each, curves. Uses of one value share the pieces up to where they part.</summary>
internal sealed record Wire(int From, int? To, int? Input, Point[] Points)
{
    public Wire Moved(double x, double y) => this with { Points = [.. Points.Select(point => new Point(point.X + x, point.Y + y))] };

    public Wire Turned() => this with { Points = [.. Points.Select(static point => point.Turned())] };
}

/// <summary>A graph laid out: what a writer of pictures needs to know.</summary>
internal sealed record Drawing(double Width, double Height, NodeShape[] Nodes, Wire[] Wires, GroupShape[] Groups)
{
    /// <summary>Whether it goes from top to bottom.</summary>
    public bool IsTopDown { get; private init; }

    /// <summary>The drawing at the other side of the diagonal, from top to bottom where it went from left to right.</summary>
    public Drawing Turned() => new(Height, Width, [.. Nodes.Select(static node => node.Turned())], [.. Wires.Select(static wire => wire.Turned())],
        [.. Groups.Select(static group => group with { Box = group.Box.Turned() })])
    {
        IsTopDown = !IsTopDown,
    };
}
