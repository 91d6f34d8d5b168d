namespace Gradus.Nn;

/// <summary>Settings of <see cref="Adam"/> and <see cref="AdamW"/>. The learning rate is 0.001 by default.</summary>
public sealed record AdamOptions() : OptimizerOptions(1e-3)
{
    /// <summary>β₁: the decay of the gradients' running mean. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂: the decay of the squared gradients' running mean. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε: added to the denominator. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Whether the greatest mean of squares so far divides the step, not the latest (AMSGrad). Default false.</summary>
    /// <remarks>Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018.</remarks>
    public bool AmsGrad { get; init; }
}
