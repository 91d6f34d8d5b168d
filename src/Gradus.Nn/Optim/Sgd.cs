using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Sgd"/>. The learning rate is 0.01 by default.</summary>
public sealed record SgdOptions() : OptimizerOptions(0.01)
{
    /// <summary>μ: how much of the last step goes on. Default 0.</summary>
    public double Momentum { get; init; }

    /// <summary>How much less of the gradient enters the momentum. Default 0.</summary>
    public double Dampening { get; init; }

    /// <summary>Whether the gradient is looked ahead by a step of momentum. Default false.</summary>
    public bool Nesterov { get; init; }
}

/// <summary>Gradient descent: p ← p − η·(g + λp); with momentum, b ← μb + (1 − dampening)·g and p ← p − ηb.</summary>
/// <remarks>As PyTorch's SGD: Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Sgd(IEnumerable<Parameter> parameters, SgdOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Momentum >= 0, "Momentum", _options.Momentum, "at least 0");
        Require(_options.Dampening <= 1, "Dampening", _options.Dampening, "at most 1");
        Require(
            !_options.Nesterov || (_options.Momentum > 0 && _options.Dampening == 0),
            "Momentum", _options.Momentum, "above 0, and no dampening, for Nesterov's");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Sgd(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new SgdOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => _options.Momentum > 0 ? ["momentum_buffer"] : [];

    /// <inheritdoc/>
    protected override string Describe() =>
        _options.Momentum == 0 ? "" : FormattableString.Invariant($"{(_options.Nesterov ? "Nesterov's momentum" : "momentum")} {_options.Momentum}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        gradient += parameter * state.WeightDecay;
        if (_options.Momentum == 0) return parameter - (gradient * state.LearningRate);
        var velocity = state.Tensors[0] = state.Step == 1 ? gradient : (state.Tensors[0] * _options.Momentum) + (gradient * (1 - _options.Dampening));
        var step = _options.Nesterov ? gradient + (velocity * _options.Momentum) : velocity;
        return parameter - (step * state.LearningRate);
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        UpdateKernels.Sgd(
            state.Operands(gradient), state.LearningRate, state.WeightDecay, _options.Momentum, _options.Dampening, _options.Nesterov,
            isFirstStep: state.Step == 1);
}
