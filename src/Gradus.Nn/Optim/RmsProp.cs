using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="RmsProp"/>. The learning rate is 0.01 by default.</summary>
public sealed record RmsPropOptions() : OptimizerOptions(0.01)
{
    /// <summary>α: the decay of the running means. Default 0.99.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>ε: added to the denominator. Default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>μ: how much of the last step goes on. Default 0.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the deviation is taken about the gradient's mean. Default false.</summary>
    public bool Centered { get; init; }
}

/// <summary>
/// RMSprop: v ← αv + (1 − α)g²; p ← p − η·g / (√v + ε); with momentum, b ← μb + g / (√v + ε) and p ← p − ηb; centered, v less the square of the gradient's
/// mean.
/// </summary>
/// <remarks>
/// Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning", 2012; centered: Graves, "Generating sequences with recurrent neural
/// networks", 2013.
/// </remarks>
public sealed class RmsProp : Optimizer
{
    private readonly RmsPropOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public RmsProp(IEnumerable<Parameter> parameters, RmsPropOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Alpha is >= 0 and < 1, "Alpha", _options.Alpha, "in [0, 1)");
        Require(_options.Epsilon >= 0, "Epsilon", _options.Epsilon, "at least 0");
        Require(_options.Momentum >= 0, "Momentum", _options.Momentum, "at least 0");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public RmsProp(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new RmsPropOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames =>
        _options.Centered ? ["square_avg", "momentum_buffer", "grad_avg"] : _options.Momentum > 0 ? ["square_avg", "momentum_buffer"] : ["square_avg"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant(
        $"α {_options.Alpha}{(_options.Momentum > 0 ? $", momentum {_options.Momentum}" : "")}{(_options.Centered ? ", centered" : "")}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var (alpha, states) = (_options.Alpha, state.Tensors);
        gradient += parameter * state.WeightDecay;
        var variance = states[0] = (states[0] * alpha) + (gradient.Square() * (1 - alpha));
        if (_options.Centered)
        {
            states[2] = (states[2] * alpha) + (gradient * (1 - alpha));
            variance = (variance - states[2].Square()).Clamp(min: 0);
        }

        var step = gradient / (variance.Sqrt() + _options.Epsilon);
        if (states.Length > 1) step = states[1] = (states[1] * _options.Momentum) + step;
        return parameter - (step * state.LearningRate);
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        UpdateKernels.RmsProp(state.Operands(gradient), state.LearningRate, _options.Alpha, _options.Epsilon, state.WeightDecay, _options.Momentum);
}
