namespace Gradus.Nn;

/// <summary>What Adam and AdamW share: all but where the weight decay enters.</summary>
public abstract class AdamBase : Optimizer
{
    private readonly AdamOptions _options;
    private readonly bool _decoupled;

    private protected AdamBase(IEnumerable<Parameter> parameters, AdamOptions options, bool decoupled, double defaultDecay)
        : base(parameters, options, defaultDecay)
    {
        _options = options;
        _decoupled = decoupled;
        Require(options.Beta1 is >= 0 and < 1, "Beta1", options.Beta1, "in [0, 1)");
        Require(options.Beta2 is >= 0 and < 1, "Beta2", options.Beta2, "in [0, 1)");
        Require(options.Epsilon >= 0, "Epsilon", options.Epsilon, "at least 0");
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => _options.AmsGrad ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"];

    /// <inheritdoc/>
    protected override string Describe() =>
        FormattableString.Invariant($"β {_options.Beta1} and {_options.Beta2}{(_options.AmsGrad ? ", AMSGrad" : "")}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var states = state.Tensors;
        if (_decoupled) parameter *= 1 - (state.LearningRate * state.WeightDecay);
        else gradient += parameter * state.WeightDecay;
        states[0] = (states[0] * _options.Beta1) + (gradient * (1 - _options.Beta1));
        var square = states[1] = (states[1] * _options.Beta2) + (gradient.Square() * (1 - _options.Beta2));
        if (_options.AmsGrad) square = states[2] = states[2].Maximum(square);
        var mean = states[0] / (1 - PortableMath.Pow(_options.Beta1, state.Step));
        var deviation = (square / (1 - PortableMath.Pow(_options.Beta2, state.Step))).Sqrt();
        return parameter - (mean * state.LearningRate / (deviation + _options.Epsilon));
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        // Powers by products, since Math.Pow's bits follow the platform.
        UpdateKernels.Adam(
            state.Operands(gradient), state.LearningRate, _options.Beta1, _options.Beta2, _options.Epsilon, state.WeightDecay, _decoupled,
            1 - PortableMath.Pow(_options.Beta1, state.Step), 1 - PortableMath.Pow(_options.Beta2, state.Step));
}
