namespace Gradus.Nn;

/// <summary>Settings of <see cref="Adam"/> and <see cref="AdamW"/>.</summary>
public sealed record AdamOptions
{
    /// <summary>The step size η. Default 0.001.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>β₁: the decay of the gradients' running mean. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂: the decay of the squared gradients' running mean. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε: added to the denominator. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ. Unset, 0 for Adam, where it enters the gradient, and 0.01 for AdamW, where it shrinks the parameter.</summary>
    public double? WeightDecay { get; init; }
}
