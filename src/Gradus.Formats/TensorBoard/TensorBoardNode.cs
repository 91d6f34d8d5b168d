namespace Gradus.Formats;

/// <summary>A node of a graph that TensorBoard draws.</summary>
/// <param name="Name">Its name, <c>encoder/layers/0</c>: what stands before the last slash is a box around it. No two nodes have the same.</param>
/// <param name="Op">What it does: <c>Linear</c>.</param>
/// <param name="Inputs">The names of the nodes that it reads.</param>
public sealed record TensorBoardNode(string Name, string Op, IReadOnlyList<string> Inputs)
{
    /// <summary>The shape of what it gives, which stands at the edges. Default: null, unknown.</summary>
    public IReadOnlyList<int>? Output { get; init; }

    /// <summary>Shapes of its parts, by name: <c>weight</c>. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<int>>> Shapes { get; init; } = [];

    /// <summary>What else is to be said of it, such as its settings. Default: null, nothing.</summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TensorBoardNode), PrintMembers);

    /// <summary>The node as a NodeDef.</summary>
    internal void Write(WireWriter node)
    {
        node.Text(1, Name);
        node.Text(2, Op);
        foreach (var input in Inputs) node.Text(3, input);
        if (Output is not null) Attribute(node, "_output_shapes", value => value.Message(1, list => list.Message(7, shape => WriteShape(shape, Output))));
        foreach (var (name, sizes) in Shapes) Attribute(node, name, value => value.Message(7, shape => WriteShape(shape, sizes)));
        if (Description is not null) Attribute(node, "description", value => value.Text(2, Description));
    }

    /// <summary>Sizes as a TensorShapeProto.</summary>
    internal static void WriteShape(WireWriter shape, IReadOnlyList<int> sizes)
    {
        foreach (var size in sizes) shape.Message(2, dimension => dimension.Whole(1, size));
    }

    private static void Attribute(WireWriter node, string name, Action<WireWriter> write) => node.Message(5, entry =>
    {
        entry.Text(1, name);
        entry.Message(2, write);
    });
}
