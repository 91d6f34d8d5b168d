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

    /// <summary>Two clouds, one for each class: normal around (½, ½) and (−½, −½), with deviation ¼ and the noise.</summary>
    Gaussians,

    /// <summary>Numbers that rise along a line: ½ (x₁ + x₂).</summary>
    Plane,

    /// <summary>Numbers like a saddle: x₁ x₂.</summary>
    Saddle,

    /// <summary>Numbers in rings: cos 2πr, r being the distance from the origin.</summary>
    Waves,

    /// <summary>Numbers like a hill: 2 exp(−4 r²) − 1.</summary>
    Bump,

    /// <summary>A person's own: <see cref="PlaygroundOptions.Own"/>.</summary>
    Own,
}
