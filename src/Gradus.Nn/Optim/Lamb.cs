using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Lamb"/>. The learning rate is 0.001 by default.</summary>
public sealed record LambOptions() : OptimizerOptions(1e-3)
{
    /// <summary>β₁: the decay of the gradients' running mean. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂: the decay of the squared gradients' running mean. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε: added to the denominator. Default 1e-6.</summary>
    public double Epsilon { get; init; } = 1e-6;
}

/// <summary>
/// LAMB: Adam's direction with decoupled decay, r = m̂ / (√v̂ + ε) + λp, scaled for each parameter to its norm: p ← p − η·‖p‖/‖r‖·r. For large batches.
/// </summary>
/// <remarks>You et al., "Large batch optimization for deep learning: training BERT in 76 minutes", 2020. Where either norm is 0 the scale is 1.</remarks>
public sealed class Lamb : Optimizer
{
    private readonly LambOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Lamb(IEnumerable<Parameter> parameters, LambOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Beta1 is >= 0 and < 1, "Beta1", _options.Beta1, "in [0, 1)");
        Require(_options.Beta2 is >= 0 and < 1, "Beta2", _options.Beta2, "in [0, 1)");
        Require(_options.Epsilon >= 0, "Epsilon", _options.Epsilon, "at least 0");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Lamb(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new LambOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq", "direction"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"β {_options.Beta1} and {_options.Beta2}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var mean = state.Tensors[0] = (state.Tensors[0] * _options.Beta1) + (gradient * (1 - _options.Beta1));
        var square = state.Tensors[1] = (state.Tensors[1] * _options.Beta2) + (gradient.Square() * (1 - _options.Beta2));
        var deviation = (square / (1 - PortableMath.Pow(_options.Beta2, state.Step))).Sqrt();
        var direction = state.Tensors[2] =
            (mean / (1 - PortableMath.Pow(_options.Beta1, state.Step)) / (deviation + _options.Epsilon)) + (parameter * state.WeightDecay);
        return parameter - (direction * state.LearningRate * Trust(parameter.Norm().Item(), direction.Norm().Item()));
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient)
    {
        UpdateKernels.LambDirection(
            state.Operands(gradient), _options.Beta1, _options.Beta2, _options.Epsilon, state.WeightDecay,
            1 - PortableMath.Pow(_options.Beta1, state.Step), 1 - PortableMath.Pow(_options.Beta2, state.Step));
        var (parameter, direction) = (state.Parameter.Leaf, state.Tensors[2]);
        var trust = Trust(UpdateKernels.Norm(parameter), UpdateKernels.Norm(direction));
        UpdateKernels.Sgd(new UpdateOperands(parameter, direction), state.LearningRate * trust, 0, 0, 0, nesterov: false, isFirstStep: false);
    }

    private static double Trust(double parameter, double direction) => parameter > 0 && direction > 0 ? parameter / direction : 1;
}
