namespace Gradus.Tabular;

/// <summary>Something that learns from a fold and is judged by it.</summary>
internal abstract record Contestant(string Name)
{
    public abstract Score Run(Fold fold);
}
