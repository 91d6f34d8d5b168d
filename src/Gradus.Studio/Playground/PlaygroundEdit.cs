namespace Gradus.Studio;

/// <summary>What a person changed by hand: a weight, or whether a neuron is on.</summary>
/// <param name="Step">The steps that were made before.</param>
/// <param name="Layer">The layer, from 0 for the first hidden one.</param>
/// <param name="Neuron">The neuron, from 0.</param>
/// <param name="Input">The input of the weight, from 0; after the last, the bias; −1 where the neuron is switched.</param>
/// <param name="Value">The weight; or 1 for a neuron that is on, 0 for one that is off.</param>
internal readonly record struct PlaygroundEdit(int Step, int Layer, int Neuron, int Input, float Value);
