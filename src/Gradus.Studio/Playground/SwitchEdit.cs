namespace Gradus.Studio;

/// <summary>A hidden neuron that is switched.</summary>
/// <param name="Step">The steps that were made before.</param>
/// <param name="Layer">The layer, from 0 for the first hidden one.</param>
/// <param name="Neuron">The neuron, from 0.</param>
/// <param name="IsOn">Whether it is on from here.</param>
internal sealed record SwitchEdit(int Step, int Layer, int Neuron, bool IsOn) : PlaygroundEdit(Step)
{
    /// <inheritdoc/>
    public override void Apply(Playground playground) => playground.Network.Switch(Layer, Neuron, IsOn);
}
