namespace Gradus.Studio;

/// <summary>What a person changed by hand.</summary>
/// <param name="Step">The steps that were made before.</param>
internal abstract record PlaygroundEdit(int Step)
{
    /// <summary>Makes the change.</summary>
    public abstract void Apply(Playground playground);
}
