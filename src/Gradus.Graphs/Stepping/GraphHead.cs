namespace Gradus.Graphs;

/// <summary>A node that back-propagation starts from.</summary>
/// <param name="Node">The node.</param>
/// <param name="Seed">The gradient it starts with; null where it is not known.</param>
internal readonly record struct GraphHead(int Node, Tensor? Seed);
