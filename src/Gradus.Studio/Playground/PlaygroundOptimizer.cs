namespace Gradus.Studio;

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
