using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Settings of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions
{
    /// <summary>The step size η. Default 0.01.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>μ: how much of the last step goes on. Default 0.</summary>
    public double Momentum { get; init; }

    /// <summary>How much less of the gradient enters the momentum. Default 0.</summary>
    public double Dampening { get; init; }

    /// <summary>Whether the gradient is looked ahead by a step of momentum. Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>λ: added to the gradient as λ·p. Default 0.</summary>
    public double WeightDecay { get; init; }
}

/// <summary>Gradient descent: p ← p − η·(g + λp); with momentum, b ← μb + (1 − dampening)·g and p ← p − ηb.</summary>
/// <remarks>As PyTorch's SGD: Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions _options;
    private readonly Tensor?[] _velocity;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Sgd(IEnumerable<Parameter> parameters, SgdOptions? options = null) : base(parameters, (options ?? new()).LearningRate)
    {
        _options = options ?? new();
        Require(_options.LearningRate >= 0, "LearningRate", _options.LearningRate, "at least 0");
        Require(_options.Momentum >= 0, "Momentum", _options.Momentum, "at least 0");
        Require(_options.WeightDecay >= 0, "WeightDecay", _options.WeightDecay, "at least 0");
        Require(!_options.Nesterov || (_options.Momentum > 0 && _options.Dampening == 0), "Momentum", _options.Momentum, "above 0, and no dampening, for Nesterov's");
        _velocity = new Tensor?[Parameters.Count];
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Sgd(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new SgdOptions { LearningRate = learningRate })
    {
    }

    /// <summary>The update as Tensor arithmetic: the specification of the fused one. Returns the new parameter and velocity.</summary>
    internal static (Tensor Parameter, Tensor? Velocity) Spec(SgdOptions options, Tensor parameter, Tensor gradient, Tensor? velocity)
    {
        gradient += parameter * options.WeightDecay;
        if (options.Momentum == 0) return (parameter - (gradient * options.LearningRate), null);
        velocity = velocity is null ? gradient : (velocity * options.Momentum) + (gradient * (1 - options.Dampening));
        var step = options.Nesterov ? gradient + (velocity * options.Momentum) : velocity;
        return (parameter - (step * options.LearningRate), velocity);
    }

    private protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        var isFirst = _velocity[index] is null;
        if (_options.Momentum > 0) _velocity[index] ??= StateLike(parameter);
        Updates.Sgd(parameter, gradient, _velocity[index], LearningRate, _options.WeightDecay, _options.Momentum, _options.Dampening, _options.Nesterov, isFirst);
    }
}
