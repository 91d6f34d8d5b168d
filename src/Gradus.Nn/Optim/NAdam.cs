using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="NAdam"/>. The learning rate is 0.002 by default.</summary>
public sealed record NAdamOptions() : OptimizerOptions(2e-3)
{
    /// <summary>β₁: the decay of the gradients' running mean. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂: the decay of the squared gradients' running mean. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε: added to the denominator. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>ψ in μₜ = β₁·(1 − ½·0.96^(tψ)). Default 0.004.</summary>
    public double MomentumDecay { get; init; } = 4e-3;

    /// <summary>Whether the weight decay shrinks the parameter, as AdamW's, instead of entering the gradient. Default false.</summary>
    public bool Decoupled { get; init; }
}

/// <summary>
/// NAdam: Adam with Nesterov's momentum, whose strength μ rises with time: p ← p − η·((1 − μₜ)/(1 − Πμ)·g + μₜ₊₁/(1 − Πμ·μₜ₊₁)·m) / (√v̂ + ε).
/// </summary>
/// <remarks>Dozat, "Incorporating Nesterov momentum into Adam", 2016.</remarks>
public sealed class NAdam : Optimizer
{
    private readonly NAdamOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public NAdam(IEnumerable<Parameter> parameters, NAdamOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Beta1 is >= 0 and < 1, "Beta1", _options.Beta1, "in [0, 1)");
        Require(_options.Beta2 is >= 0 and < 1, "Beta2", _options.Beta2, "in [0, 1)");
        Require(_options.Epsilon >= 0, "Epsilon", _options.Epsilon, "at least 0");
        Require(_options.MomentumDecay >= 0, "MomentumDecay", _options.MomentumDecay, "at least 0");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public NAdam(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new NAdamOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"β {_options.Beta1} and {_options.Beta2}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var (gradientRate, meanRate) = Rates(state);
        if (_options.Decoupled) parameter *= 1 - (state.LearningRate * state.WeightDecay);
        else gradient += parameter * state.WeightDecay;
        var mean = state.Tensors[0] = (state.Tensors[0] * _options.Beta1) + (gradient * (1 - _options.Beta1));
        var square = state.Tensors[1] = (state.Tensors[1] * _options.Beta2) + (gradient.Square() * (1 - _options.Beta2));
        var deviation = (square / (1 - PortableMath.Pow(_options.Beta2, state.Step))).Sqrt() + _options.Epsilon;
        return parameter - (((gradient * gradientRate) + (mean * meanRate)) / deviation);
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient)
    {
        var (gradientRate, meanRate) = Rates(state);
        var (decay, shrink) = _options.Decoupled ? (0.0, state.LearningRate * state.WeightDecay) : (state.WeightDecay, 0);
        UpdateKernels.NAdam(
            state.Operands(gradient), gradientRate, meanRate, _options.Beta1, _options.Beta2, _options.Epsilon, decay, shrink,
            1 - PortableMath.Pow(_options.Beta2, state.Step));
    }

    /// <summary>What the gradient and its mean weigh in this step; the product of all momenta goes on.</summary>
    private (double Gradient, double Mean) Rates(ParameterState state)
    {
        var momentum = Momentum(state.Step);
        var next = Momentum(state.Step + 1);
        state.Product *= momentum;
        return (state.LearningRate * (1 - momentum) / (1 - state.Product), state.LearningRate * next / (1 - (state.Product * next)));
    }

    private double Momentum(long step) => _options.Beta1 * (1 - (0.5 * PortableMath.Pow(0.96, step * _options.MomentumDecay)));
}
