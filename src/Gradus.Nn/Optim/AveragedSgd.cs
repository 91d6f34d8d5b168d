using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="AveragedSgd"/>. The learning rate is 0.01 by default.</summary>
public sealed record AveragedSgdOptions() : OptimizerOptions(0.01)
{
    /// <summary>λ: the decay of parameters and rate. Default 0.0001.</summary>
    public double Lambda { get; init; } = 1e-4;

    /// <summary>The power of the rate's fall. Default 0.75.</summary>
    public double Alpha { get; init; } = 0.75;

    /// <summary>t₀: the step at which averaging begins; before it the average is the parameter. Default 1,000,000.</summary>
    public double AverageFrom { get; init; } = 1e6;
}

/// <summary>Averaged gradient descent (ASGD): p ← p·(1 − λη) − ηg, with η falling slowly, and the running average of p from step t₀ on.</summary>
/// <remarks>
/// Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992. The average is the state <c>ax</c>; <see cref="SwapAverage"/> puts it
/// into the parameters. After a million averaged steps a share of 1/n of a change of some hundredths is below float32's last digit, and the average of float32
/// parameters stays as it is; take float64 for such runs.
/// </remarks>
public sealed class AveragedSgd : Optimizer
{
    private readonly AveragedSgdOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public AveragedSgd(IEnumerable<Parameter> parameters, AveragedSgdOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Lambda >= 0, "Lambda", _options.Lambda, "at least 0");
        Require(_options.Alpha >= 0, "Alpha", _options.Alpha, "at least 0");
        Require(_options.AverageFrom >= 0, "AverageFrom", _options.AverageFrom, "at least 0", orInfinite: true);
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public AveragedSgd(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new AveragedSgdOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["ax"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"λ {_options.Lambda}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var rate = RateAt(state);
        gradient += parameter * state.WeightDecay;
        parameter = (parameter * (1 - (_options.Lambda * rate))) - (gradient * rate);
        state.Tensors[0] += (parameter - state.Tensors[0]) * Share(state);
        return parameter;
    }

    private protected override void UpdateFused(ParameterState state, Tensor gradient) =>
        UpdateKernels.AveragedSgd(state.Operands(gradient), RateAt(state), _options.Lambda, Share(state), state.WeightDecay);

    /// <summary>Exchanges parameters and averages: once before an evaluation, once after it.</summary>
    /// <exception cref="GradusException">A parameter has come to be computed from others: nothing is exchanged.</exception>
    public void SwapAverage()
    {
        ParameterState[] moved = [.. States.Where(static state => state.Step > 0)];
        foreach (var state in moved) state.Parameter.RequireOwnValues("swapAverage");
        foreach (var state in moved)
        {
            state.Follow();
            Companion.Swap(state.Tensors[0], state.Parameter);
        }
    }

    private double RateAt(ParameterState state) =>
        state.LearningRate / PortableMath.Pow(1 + (_options.Lambda * state.LearningRate * (state.Step - 1)), _options.Alpha);

    private double Share(ParameterState state) => 1 / Math.Max(1, state.Step - 1 - _options.AverageFrom);
}
