using System.Runtime.InteropServices;

namespace Gradus;

/// <summary>A value that went into a node or came out of it: its shape and type, where it came from and, if a rule reads it, its memory.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct NodeValue
{
    /// <summary>The node whose output went in; null for a constant, and for the node's own outputs.</summary>
    public Node? Source;

    /// <summary>Which output of <see cref="Source"/>.</summary>
    public ushort Output;

    public Layout Layout;

    public DType DType;

    /// <summary>The memory kept for the backward pass; null if no rule reads it, or none will any more.</summary>
    public Storage? Saved;

    /// <summary>The version that <see cref="Saved"/> had: it must not have been changed since.</summary>
    public int Version;

    public readonly Shape Shape => Layout.Shape;

    public override readonly string ToString() => DType.ShortName + Shape;
}
