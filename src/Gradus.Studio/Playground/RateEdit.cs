namespace Gradus.Studio;

/// <summary>Another learning rate.</summary>
/// <param name="Step">The steps that were made before.</param>
/// <param name="Rate">The learning rate from here.</param>
internal sealed record RateEdit(int Step, double Rate) : PlaygroundEdit(Step)
{
    /// <inheritdoc/>
    public override void Apply(Playground playground) => playground.TakeRate(Rate);
}
