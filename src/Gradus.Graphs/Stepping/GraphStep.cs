namespace Gradus.Graphs;

/// <summary>One step of back-propagation: a gradient carried from a node to one of its inputs.</summary>
/// <param name="Node">The node at work.</param>
/// <param name="Input">Which of its inputs.</param>
/// <param name="Target">The node that is this input.</param>
/// <param name="Contributions">What it adds to the target's gradient, of each head; null where nothing flows, or where it is not known.</param>
internal sealed record GraphStep(int Node, int Input, int Target, Tensor?[] Contributions);
