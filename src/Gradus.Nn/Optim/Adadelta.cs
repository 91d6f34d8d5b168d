using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Adadelta"/>. The learning rate is 1 by default.</summary>
public sealed record AdadeltaOptions() : OptimizerOptions(1)
{
    /// <summary>ρ: the decay of the running means. Default 0.9.</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>ε: added to the denominator. Default 1e-6.</summary>
    public double Epsilon { get; init; } = 1e-6;
}

/// <summary>Adadelta: v ← ρv + (1 − ρ)g²; d = √(u + ε) / √(v + ε) · g; u ← ρu + (1 − ρ)d²; p ← p − ηd: steps in the parameters' own units.</summary>
/// <remarks>Zeiler, "ADADELTA: an adaptive learning rate method", 2012.</remarks>
public sealed class Adadelta : Optimizer
{
    private readonly AdadeltaOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Adadelta(IEnumerable<Parameter> parameters, AdadeltaOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Rho is >= 0 and < 1, "Rho", _options.Rho, "in [0, 1)");
        Require(_options.Epsilon >= 0, "Epsilon", _options.Epsilon, "at least 0");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Adadelta(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new AdadeltaOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["square_avg", "acc_delta"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"ρ {_options.Rho}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var (rho, epsilon) = (_options.Rho, _options.Epsilon);
        gradient += parameter * state.WeightDecay;
        var square = state.Tensors[0] = (state.Tensors[0] * rho) + (gradient.Square() * (1 - rho));
        var step = (state.Tensors[1] + epsilon).Sqrt() / (square + epsilon).Sqrt() * gradient;
        state.Tensors[1] = (state.Tensors[1] * rho) + (step.Square() * (1 - rho));
        return parameter - (step * state.LearningRate);
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        UpdateKernels.Adadelta(state.Operands(gradient), state.LearningRate, _options.Rho, _options.Epsilon, state.WeightDecay);
}
