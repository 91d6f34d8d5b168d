using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Lion"/>. The learning rate is 0.0001 by default.</summary>
public sealed record LionOptions() : OptimizerOptions(1e-4)
{
    /// <summary>β₁: how much of the mean goes into the step. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂: the decay of the gradients' running mean. Default 0.99.</summary>
    public double Beta2 { get; init; } = 0.99;
}

/// <summary>Lion: steps of one size everywhere: p ← p·(1 − ηλ) − η·sign(β₁m + (1 − β₁)g); m ← β₂m + (1 − β₂)g.</summary>
/// <remarks>
/// Chen et al., "Symbolic discovery of optimization algorithms", 2023. Takes a third to a tenth of AdamW's learning rate, and as much more decay.
/// </remarks>
public sealed class Lion : Optimizer
{
    private readonly LionOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Lion(IEnumerable<Parameter> parameters, LionOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Beta1 is >= 0 and < 1, "Beta1", _options.Beta1, "in [0, 1)");
        Require(_options.Beta2 is >= 0 and < 1, "Beta2", _options.Beta2, "in [0, 1)");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Lion(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new LionOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["exp_avg"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"β {_options.Beta1} and {_options.Beta2}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var mean = state.Tensors[0];
        var step = ((mean * _options.Beta1) + (gradient * (1 - _options.Beta1))).Sign();
        state.Tensors[0] = (mean * _options.Beta2) + (gradient * (1 - _options.Beta2));
        return (parameter * (1 - (state.LearningRate * state.WeightDecay))) - (step * state.LearningRate);
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        UpdateKernels.Lion(state.Operands(gradient), state.LearningRate, _options.Beta1, _options.Beta2, state.WeightDecay);
}
