namespace Gradus.Studio;

/// <summary>A weight of another value.</summary>
/// <param name="Step">The steps that were made before.</param>
/// <param name="Layer">The layer, from 0 for the first hidden one.</param>
/// <param name="Neuron">The neuron, from 0.</param>
/// <param name="Input">The input of the weight, from 0; after the last, the bias.</param>
/// <param name="Value">The weight.</param>
internal sealed record WeightEdit(int Step, int Layer, int Neuron, int Input, float Value) : PlaygroundEdit(Step)
{
    /// <inheritdoc/>
    public override void Apply(Playground playground) => playground.Network.Set(Layer, Neuron, Input, Value);
}
