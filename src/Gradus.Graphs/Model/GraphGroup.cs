namespace Gradus.Graphs;

/// <summary>One call of a module: the nodes that it computed belong together, and can be drawn as one.</summary>
/// <param name="Id">Its place in <see cref="GraphModel.Groups"/>.</param>
/// <param name="Name">
/// The module's path, <c>encoder.layers.2</c>; its type for the outermost, whose path is empty. A further call has a number: <c>cell (2)</c>.
/// </param>
/// <param name="Title">How the module is printed: <c>Linear(784 → 512)</c>.</param>
/// <param name="Parent">The group that it lies in, if any.</param>
public sealed record GraphGroup(int Id, string Name, string Title, int? Parent)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GraphGroup), PrintMembers);
}
