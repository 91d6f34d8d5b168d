namespace Gradus.Nn;

/// <summary>First values that depend on another parameter, and wait until that one is known.</summary>
internal interface IDependentInit
{
    /// <summary>The other parameter, or null if there is none.</summary>
    Parameter? Source { get; }
}
