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
}

/// <summary>What hidden neurons of a <see cref="Playground"/> do with their sum.</summary>
public enum PlaygroundActivation
{
    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(0, z).</summary>
    Relu,

    /// <summary>1 / (1 + e⁻ᶻ).</summary>
    Sigmoid,

    /// <summary>Nothing.</summary>
    Linear,
}

/// <summary>What a <see cref="Playground"/> goes down by.</summary>
public enum PlaygroundOptimizer
{
    /// <summary>w ← w − η g.</summary>
    Sgd,

    /// <summary>The same with momentum 0.9.</summary>
    Momentum,

    /// <summary>Adam.</summary>
    Adam,
}

/// <summary>How the weights of a <see cref="Playground"/> begin.</summary>
public enum PlaygroundInit
{
    /// <summary>Uniform in ±1/√n, with n inputs.</summary>
    Uniform,

    /// <summary>Xavier's, for tanh and sigmoid.</summary>
    Xavier,

    /// <summary>He's, for ReLU.</summary>
    He,

    /// <summary>Normal with deviation 1, which is too large.</summary>
    Large,

    /// <summary>All 0: neurons of a layer then stay alike.</summary>
    Zeros,
}
