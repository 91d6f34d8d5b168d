using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>How <see cref="Muon"/> scales the step of a matrix [A, B].</summary>
public enum MuonScale
{
    /// <summary>By √max(1, A/B), as its author does.</summary>
    Original,

    /// <summary>By 0.2·√max(A, B), so that AdamW's learning rates and decays serve.</summary>
    MatchAdamW,
}

/// <summary>Settings of <see cref="Muon"/>. The learning rate is 0.001 by default.</summary>
public sealed record MuonOptions() : OptimizerOptions(1e-3)
{
    /// <summary>μ: the decay of the gradients' running mean. Default 0.95.</summary>
    public double Momentum { get; init; } = 0.95;

    /// <summary>Whether the gradient is looked ahead by a step of momentum. Default true.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>Steps of the Newton–Schulz iteration. Default 5.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>The least norm that a step is divided by. Default 1e-7.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>How steps are scaled. Default <see cref="MuonScale.Original"/>.</summary>
    public MuonScale Scale { get; init; }
}

/// <summary>
/// Muon: momentum, made a nearly orthogonal matrix by the Newton–Schulz iteration X ← aX + (bA + cA²)X with A = XXᵀ, so that all directions of a matrix
/// are learnt at one pace.
/// </summary>
/// <remarks>
/// Jordan, "Muon: an optimizer for hidden layers in neural networks", 2024; as PyTorch's, but in the parameter's own precision. It takes matrices only:
/// give embeddings, biases and norms to <see cref="AdamW"/>. There is no fused update: nearly all of a step is matrix products.
/// </remarks>
public sealed class Muon : Optimizer
{
    private readonly MuonOptions _options;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, there are no parameters, or one is no matrix.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Muon(IEnumerable<Parameter> parameters, MuonOptions? options = null) : base(parameters, options ?? new(), defaultDecay: 0.1)
    {
        _options = options ?? new();
        Require(_options.Momentum is >= 0 and < 1, "Momentum", _options.Momentum, "in [0, 1)");
        Require(_options.Epsilon >= 0, "Epsilon", _options.Epsilon, "at least 0");
        Require(_options.Iterations is >= 1 and < 100, "Iterations", _options.Iterations, "from 1 to 99");
        foreach (var state in States)
        {
            if (state.Parameter.Sizes.Rank != 2)
            {
                throw new GradusException($"Muon: {state.Name} is {state.Parameter.Sizes}, expected a matrix. Give the other parameters to AdamW.");
            }
        }
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Muon(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new MuonOptions { LearningRate = learningRate })
    {
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["momentum_buffer"];

    /// <inheritdoc/>
    protected override string Describe() =>
        FormattableString.Invariant($"{(_options.Nesterov ? "Nesterov's momentum" : "momentum")} {_options.Momentum}");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state)
    {
        var mean = state.Tensors[0] = (state.Tensors[0] * _options.Momentum) + (gradient * (1 - _options.Momentum));
        var step = Orthogonal(_options.Nesterov ? (gradient * (1 - _options.Momentum)) + (mean * _options.Momentum) : mean);
        double rows = parameter.Shape[0], columns = parameter.Shape[1];
        var scale = _options.Scale == MuonScale.Original ? Math.Sqrt(Math.Max(1, rows / columns)) : 0.2 * Math.Sqrt(Math.Max(rows, columns));
        return (parameter * (1 - (state.LearningRate * state.WeightDecay))) - (step * (state.LearningRate * scale));
    }

    private Tensor Orthogonal(Tensor x)
    {
        var isTall = x.Shape[0] > x.Shape[1];
        if (isTall) x = x.Transpose();
        x /= Math.Max(x.Norm().Item(), _options.Epsilon);
        for (var iteration = 0; iteration < _options.Iterations; iteration++)
        {
            var a = x.MatMul(x.Transpose());
            x = (x * 3.4445) + ((a * -4.7750) + (a.MatMul(a) * 2.0315)).MatMul(x);
        }

        return isTall ? x.Transpose() : x;
    }
}
