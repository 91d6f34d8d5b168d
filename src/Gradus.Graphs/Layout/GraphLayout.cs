namespace Gradus.Graphs;

/// <summary>Which way a graph is drawn.</summary>
public enum GraphLayout
{
    /// <summary>What goes in at the left, the result at the right. Only what is far wider than tall is broken into rows.</summary>
    LeftToRight,

    /// <summary>What goes in above, the result below: beside the line that leaves a node, its value at the left and its gradient at the right.</summary>
    TopDown,

    /// <summary>From left to right in rows that fit a width, as a text is broken into lines.</summary>
    Wrapped,
}
