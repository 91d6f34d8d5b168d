namespace Gradus.Studio;

/// <summary>What a network of a <see cref="Playground"/> is given of a point.</summary>
public enum PlaygroundFeature
{
    /// <summary>x₁.</summary>
    X1,

    /// <summary>x₂.</summary>
    X2,

    /// <summary>x₁².</summary>
    X1Squared,

    /// <summary>x₂².</summary>
    X2Squared,

    /// <summary>x₁ x₂.</summary>
    X1X2,

    /// <summary>sin π x₁: a whole wave from −1 to 1.</summary>
    SinX1,

    /// <summary>sin π x₂.</summary>
    SinX2,
}
