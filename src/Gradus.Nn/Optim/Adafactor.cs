using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Adafactor"/>. The learning rate is 0.01 by default.</summary>
public sealed record AdafactorOptions() : OptimizerOptions(0.01)
{
    /// <summary>The power of the step with which new squares weigh less: tᵈ. Default −0.8.</summary>
    public double Beta2Decay { get; init; } = -0.8;

    /// <summary>ε₁: the least mean of squares. Default 1e-7.</summary>
    public double SquareEpsilon { get; init; } = 1e-7;

    /// <summary>ε₂: the least size of a parameter, which scales its steps. Default 0.001.</summary>
    public double SizeEpsilon { get; init; } = 1e-3;

    /// <summary>d: a step's root mean square is held to this many times the rate. Default 1.</summary>
    public double Clipping { get; init; } = 1;
}

/// <summary>
/// Adafactor: of a matrix's squared gradients only the means of rows and columns are kept, whose product stands for them all; steps are scaled by the
/// parameter's own size.
/// </summary>
/// <remarks>
/// Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost", 2018; as PyTorch's. Where there are several axes, each pair of the
/// last two is a matrix. There is no fused update: a step is Tensor arithmetic, whose temporaries are freed at once.
/// </remarks>
public sealed class Adafactor : Optimizer
{
    private readonly AdafactorOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Adafactor(IEnumerable<Parameter> parameters, AdafactorOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Beta2Decay <= 0, "Beta2Decay", _options.Beta2Decay, "at most 0");
        Require(_options.SquareEpsilon > 0, "SquareEpsilon", _options.SquareEpsilon, "above 0");
        Require(_options.SizeEpsilon >= 0, "SizeEpsilon", _options.SizeEpsilon, "at least 0");
        Require(_options.Clipping > 0, "Clipping", _options.Clipping, "above 0", orInfinite: true);
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Adafactor(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new AdafactorOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    // A matrix has both; anything of one axis has its squares in the first, and nothing in the second.
    protected override IReadOnlyList<string> StateNames { get; } = ["row_var", "col_var"];

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"clipping {_options.Clipping}");

    /// <inheritdoc/>
    protected override Tensor FirstState(string name, Tensor parameter)
    {
        var sizes = parameter.Shape.ToArray();
        if (sizes.Length > 1) sizes[name == "row_var" ? ^1 : ^2] = 1;
        else if (name == "col_var") sizes = [0];
        return Tensor.Zeros(Shape.Create(sizes), parameter.DType);
    }

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var share = PortableMath.Pow(state.Step, _options.Beta2Decay);
        var size = RootMeanSquare(parameter);
        var rate = Math.Max(_options.SizeEpsilon, size) * Math.Min(state.LearningRate, 1 / Math.Sqrt(state.Step));
        if (state.WeightDecay > 0) parameter *= 1 - (state.LearningRate * state.WeightDecay);
        var update = gradient * Squares(state, gradient.Square(), share).Clamp(min: _options.SquareEpsilon * _options.SquareEpsilon).Rsqrt();
        return parameter - (update * (rate / Math.Max(1, RootMeanSquare(update) / _options.Clipping)));
    }

    // By the norm where the squares are beyond the type, or vanish.
    private static double RootMeanSquare(Tensor x) =>
        x.Square().Mean().Item() is var mean && mean is > 1e-30 and < double.PositiveInfinity ? Math.Sqrt(mean) : x.Norm().Item() / Math.Sqrt(x.Count);

    private Tensor Squares(ParameterState state, Tensor squares, double share)
    {
        var states = state.Tensors;
        if (squares.Rank < 2) return states[0] += (squares - states[0]) * share;
        states[0] += (squares.Mean(-1, keepDim: true) - states[0]) * share;
        states[1] += (squares.Mean(-2, keepDim: true) - states[1]) * share;
        return states[0] * states[1] / states[0].Mean(-2, keepDim: true).Clamp(min: _options.SquareEpsilon);
    }
}
