namespace Gradus.Studio;

/// <summary>A network of other layers or features, in which what stays keeps its weights.</summary>
/// <param name="Step">The steps that were made before.</param>
/// <param name="Layers">The neurons of each hidden layer.</param>
/// <param name="Features">What the network is given.</param>
internal sealed record ShapeEdit(int Step, IReadOnlyList<int> Layers, IReadOnlyList<PlaygroundFeature> Features) : PlaygroundEdit(Step)
{
    /// <inheritdoc/>
    public override void Apply(Playground playground) => playground.TakeShape(Layers, Features);
}
