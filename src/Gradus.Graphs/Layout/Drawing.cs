namespace Gradus.Graphs;

/// <summary>What a label says.</summary>
internal enum LabelKind
{
    Value,
    Gradient,
}

/// <summary>A text on a node's line.</summary>
internal sealed record Label(LabelKind Kind, string Name, string Text, Box Box);

/// <summary>A node as it is drawn: a circle or pill around a symbol, or a bare name, and the labels on the line that leaves it.</summary>
internal sealed record NodeShape(GraphNode Node, string Text, Box Head, bool IsCircle, Label[] Labels);

/// <summary>A piece of an edge: a start and then, three points each, curves. Uses of one value share the pieces up to where they part.</summary>
internal sealed record Wire(int From, int? To, int? Input, Point[] Points);

/// <summary>A graph laid out: what a writer of pictures needs to know.</summary>
internal sealed record Drawing(double Width, double Height, NodeShape[] Nodes, Wire[] Wires);
