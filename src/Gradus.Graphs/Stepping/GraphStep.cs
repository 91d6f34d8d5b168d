namespace Gradus.Graphs;

/// <summary>One step of a walk through a graph: a value computed, or a gradient carried to an input.</summary>
/// <param name="IsBackward">Whether it belongs to back-propagation.</param>
/// <param name="Node">The node at work.</param>
/// <param name="Input">Backward, which of its inputs the gradient goes to; null for the gradient that a head starts with.</param>
/// <param name="Target">The node whose value or gradient changes.</param>
/// <param name="Result">Its value, or its gradient so far.</param>
/// <param name="Text">The step in words, with the numbers of this run.</param>
internal sealed record GraphStep(bool IsBackward, int Node, int? Input, int Target, Tensor Result, string Text);
