namespace Gradus.Nn;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Something to consider: a network may well do with it.</summary>
    Advice,

    /// <summary>Something that keeps the network, or a part of it, from learning.</summary>
    Illness,
}
