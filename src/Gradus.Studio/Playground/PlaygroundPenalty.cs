namespace Gradus.Studio;

/// <summary>What keeps the weights of a <see cref="Playground"/> small; biases are left alone.</summary>
public enum PlaygroundPenalty
{
    /// <summary>½ λ w², whose gradient λ w draws weights towards zero.</summary>
    L2,

    /// <summary>λ |w|, whose gradient λ sign w brings weights to zero.</summary>
    L1,
}
