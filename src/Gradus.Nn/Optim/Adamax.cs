using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Adamax"/>. The learning rate is 0.002 by default.</summary>
public sealed record AdamaxOptions() : OptimizerOptions(2e-3)
{
    /// <summary>β₁: the decay of the gradients' running mean. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂: the decay of the squared gradients' running mean. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε: added to the gradient's size. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>Adamax: Adam with the greatest gradient in place of the deviation: u ← max(β₂u, |g| + ε); p ← p − η / (1 − β₁ᵗ) · m / u.</summary>
/// <remarks>Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 7.</remarks>
public sealed class Adamax : Optimizer
{
    private readonly AdamaxOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Adamax(IEnumerable<Parameter> parameters, AdamaxOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Beta1 is >= 0 and < 1, "Beta1", _options.Beta1, "in [0, 1)");
        Require(_options.Beta2 is >= 0 and < 1, "Beta2", _options.Beta2, "in [0, 1)");
        Require(_options.Epsilon >= 0, "Epsilon", _options.Epsilon, "at least 0");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Adamax(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new AdamaxOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_inf"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"β {_options.Beta1} and {_options.Beta2}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        gradient += parameter * state.WeightDecay;
        var mean = state.Tensors[0] = (state.Tensors[0] * _options.Beta1) + (gradient * (1 - _options.Beta1));
        var greatest = state.Tensors[1] = (state.Tensors[1] * _options.Beta2).Maximum(gradient.Abs() + _options.Epsilon);
        return parameter - (mean / greatest * RateAt(state));
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        UpdateKernels.Adamax(state.Operands(gradient), RateAt(state), _options.Beta1, _options.Beta2, _options.Epsilon, state.WeightDecay);

    private double RateAt(ParameterState state) => state.LearningRate / (1 - PortableMath.Pow(_options.Beta1, state.Step));
}
