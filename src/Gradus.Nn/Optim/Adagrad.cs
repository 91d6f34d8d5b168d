using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Adagrad"/>. The learning rate is 0.01 by default.</summary>
public sealed record AdagradOptions() : OptimizerOptions(0.01)
{
    /// <summary>How fast the steps shrink with time. Default 0.</summary>
    public double LearningRateDecay { get; init; }

    /// <summary>What the sum of squares begins with. Default 0.</summary>
    public double InitialSum { get; init; }

    /// <summary>ε: added to the denominator. Default 1e-10.</summary>
    public double Epsilon { get; init; } = 1e-10;
}

/// <summary>Adagrad: s ← s + g² and p ← p − η / (1 + (t − 1)·decay) · g / (√s + ε): steps grow small where gradients were large.</summary>
/// <remarks>Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", 2011.</remarks>
public sealed class Adagrad : Optimizer
{
    private readonly AdagradOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Adagrad(IEnumerable<Parameter> parameters, AdagradOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.LearningRateDecay >= 0, "LearningRateDecay", _options.LearningRateDecay, "at least 0");
        Require(_options.InitialSum >= 0, "InitialSum", _options.InitialSum, "at least 0");
        Require(_options.Epsilon >= 0, "Epsilon", _options.Epsilon, "at least 0");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Adagrad(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new AdagradOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["sum"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"ε {_options.Epsilon}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        gradient += parameter * state.WeightDecay;
        var sum = state.Tensors[0] += gradient.Square();
        return parameter - (gradient * RateAt(state) / (sum.Sqrt() + _options.Epsilon));
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        UpdateKernels.Adagrad(state.Operands(gradient), RateAt(state), _options.Epsilon, state.WeightDecay);

    /// <inheritdoc/>
    protected override Tensor FirstState(string name, Tensor parameter) => Tensor.Full(parameter.Shape, _options.InitialSum, parameter.DType);

    private double RateAt(ParameterState state) => state.LearningRate / (1 + ((state.Step - 1) * _options.LearningRateDecay));
}
