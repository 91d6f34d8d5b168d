namespace Gradus.Nn;

/// <summary>What becomes of the losses of the elements.</summary>
public enum Reduction
{
    /// <summary>Their mean: the default.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>They stay as they are.</summary>
    None,
}
