namespace Gradus.Studio;

/// <summary>What the points of a <see cref="Playground"/> are, in the plane.</summary>
public enum PlaygroundData
{
    /// <summary>Two arms that wind around the origin.</summary>
    Spirals,

    /// <summary>Two interleaving half circles.</summary>
    Moons,

    /// <summary>A circle within a circle.</summary>
    Circles,

    /// <summary>Quarters of a square, the opposite ones alike.</summary>
    Xor,

    /// <summary>Numbers that rise along a line: ½ (x₁ + x₂).</summary>
    Plane,

    /// <summary>Numbers like a saddle: x₁ x₂.</summary>
    Saddle,
}
