namespace Gradus.Studio;

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
