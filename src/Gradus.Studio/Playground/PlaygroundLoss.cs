namespace Gradus.Studio;

/// <summary>What a <see cref="Playground"/> makes small.</summary>
public enum PlaygroundLoss
{
    /// <summary>−ln of the probability of the right class: binary cross-entropy. For classes.</summary>
    CrossEntropy,

    /// <summary>The square of what is missing; of classes between the probability and 0 or 1.</summary>
    Squared,

    /// <summary>The absolute value of what is missing. For numbers.</summary>
    Absolute,

    /// <summary>½ e² for an error e below ½, and ½ (e − ¼) above: Huber's. For numbers.</summary>
    Huber,
}
