using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="RAdam"/>. The learning rate is 0.001 by default.</summary>
public sealed record RAdamOptions() : OptimizerOptions(1e-3)
{
    /// <summary>β₁: the decay of the gradients' running mean. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂: the decay of the squared gradients' running mean. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε: added to the denominator. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Whether the weight decay shrinks the parameter, as AdamW's, instead of entering the gradient. Default false.</summary>
    public bool Decoupled { get; init; }
}

/// <summary>RAdam: Adam that begins as momentum and takes up the division by the deviation as far as the variance is known.</summary>
/// <remarks>
/// Liu et al., "On the variance of the adaptive learning rate and beyond", 2020. With ρ∞ = 2/(1 − β₂) − 1 and ρ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ), above 5 the step
/// is scaled by √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)).
/// </remarks>
public sealed class RAdam : Optimizer
{
    private readonly RAdamOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public RAdam(IEnumerable<Parameter> parameters, RAdamOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Beta1 is >= 0 and < 1, "Beta1", _options.Beta1, "in [0, 1)");
        Require(_options.Beta2 is >= 0 and < 1, "Beta2", _options.Beta2, "in [0, 1)");
        Require(_options.Epsilon >= 0, "Epsilon", _options.Epsilon, "at least 0");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public RAdam(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new RAdamOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"β {_options.Beta1} and {_options.Beta2}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var (step, isAdaptive) = StepOf(state);
        if (_options.Decoupled) parameter *= 1 - (state.LearningRate * state.WeightDecay);
        else gradient += parameter * state.WeightDecay;
        var mean = state.Tensors[0] = (state.Tensors[0] * _options.Beta1) + (gradient * (1 - _options.Beta1));
        var square = state.Tensors[1] = (state.Tensors[1] * _options.Beta2) + (gradient.Square() * (1 - _options.Beta2));
        return parameter - ((isAdaptive ? mean / (square.Sqrt() + _options.Epsilon) : mean) * step);
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient)
    {
        var (step, isAdaptive) = StepOf(state);
        var (decay, shrink) = _options.Decoupled ? (0.0, state.LearningRate * state.WeightDecay) : (state.WeightDecay, 0);
        UpdateKernels.RAdam(state.Operands(gradient), step, isAdaptive, _options.Beta1, _options.Beta2, _options.Epsilon, decay, shrink);
    }

    private (double Step, bool IsAdaptive) StepOf(ParameterState state)
    {
        var power = PortableMath.Pow(_options.Beta2, state.Step);
        var limit = (2 / (1 - _options.Beta2)) - 1;
        var length = limit - (2 * state.Step * power / (1 - power));
        var step = state.LearningRate / (1 - PortableMath.Pow(_options.Beta1, state.Step));
        if (length <= 5) return (step, false);
        var rectification = Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
        return (step * rectification * Math.Sqrt(1 - power), true);
    }
}
