using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Rprop"/>. The learning rate is 0.01 by default.</summary>
public sealed record RpropOptions() : OptimizerOptions(0.01)
{
    /// <summary>η⁻: what a step size is multiplied by when the gradient turns. Default 0.5.</summary>
    public double Shrink { get; init; } = 0.5;

    /// <summary>η⁺: what a step size is multiplied by while the gradient keeps its sign. Default 1.2.</summary>
    public double Grow { get; init; } = 1.2;

    /// <summary>Default 0.000001.</summary>
    public double SmallestStep { get; init; } = 1e-6;

    /// <summary>Default 50.</summary>
    public double LargestStep { get; init; } = 50;
}

/// <summary>
/// Resilient propagation: each element has a step size that grows while its gradient keeps its sign and shrinks when it turns; p ← p − sign(g)·size. For
/// whole-batch gradients.
/// </summary>
/// <remarks>
/// Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning: the RPROP algorithm", 1993. It takes no weight decay. The learning
/// rate is the first step size.
/// </remarks>
public sealed class Rprop : Optimizer
{
    private readonly RpropOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Rprop(IEnumerable<Parameter> parameters, RpropOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Shrink is > 0 and < 1, "Shrink", _options.Shrink, "in (0, 1)");
        Require(_options.Grow > 1, "Grow", _options.Grow, "above 1");
        Require(_options.SmallestStep >= 0, "SmallestStep", _options.SmallestStep, "at least 0");
        Require(_options.LargestStep >= _options.SmallestStep, "LargestStep", _options.LargestStep, "at least the smallest", orInfinite: true);
        Require(options?.WeightDecay is null or 0, "WeightDecay", _options.WeightDecay ?? 0, "none, for only the gradient's sign is used");
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Rprop(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new RpropOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["prev", "step_size"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"η {_options.Shrink} and {_options.Grow}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var (states, one) = (state.Tensors, Tensor.Ones([], parameter.DType));
        var agreement = gradient * states[0];
        var factor = Tensor.Where(agreement < 0, one * _options.Shrink, Tensor.Where(agreement > 0, one * _options.Grow, one));
        states[1] = (states[1] * factor).Clamp(_options.SmallestStep, _options.LargestStep);
        states[0] = Tensor.Where(agreement < 0, one * 0, gradient);
        return parameter - (states[0].Sign() * states[1]);
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        UpdateKernels.Rprop(state.Operands(gradient), _options.Shrink, _options.Grow, _options.SmallestStep, _options.LargestStep);

    /// <inheritdoc/>
    protected override Tensor FirstState(string name, Tensor parameter) =>
        name == "prev" ? base.FirstState(name, parameter) : Tensor.Full(parameter.Shape, LearningRate, parameter.DType);
}
