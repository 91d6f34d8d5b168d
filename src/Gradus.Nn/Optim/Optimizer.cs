namespace Gradus.Nn;

/// <summary>Moves parameters against their gradients, a step at a time.</summary>
public abstract class Optimizer
{
    private readonly Parameter[] _parameters;

    private protected Optimizer(IEnumerable<Parameter> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters];
        if (_parameters.Length == 0) throw new GradusException($"{GetType().Name}: there are no parameters to train.");
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var parameter in _parameters)
        {
            if (!seen.Add(parameter.Value)) throw new GradusException($"{GetType().Name}: {parameter} is given twice and would be moved twice.");
        }

        LearningRate = learningRate;
    }

    /// <summary>The step size η; may be changed between steps, as a schedule does.</summary>
    public double LearningRate { get; set; }

    /// <summary>How many steps were made.</summary>
    public long StepCount { get; private set; }

    /// <summary>The parameters, in the order in which they were given.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Clears the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in _parameters) parameter.Grad = null;
    }

    /// <summary>Moves every parameter that has a gradient and is not frozen.</summary>
    public void Step()
    {
        StepCount++;
        using var scope = TensorScope.Suspend();
        for (var index = 0; index < _parameters.Length; index++)
        {
            var parameter = _parameters[index];
            if (!parameter.IsFrozen && parameter.Value.Node!.Kept.Peek() is { } gradient) Update(index, parameter.Value, gradient);
        }
    }

    /// <summary>Moves one parameter.</summary>
    private protected abstract void Update(int index, Tensor parameter, Tensor gradient);

    /// <summary>A state that begins with zeros, shaped like a parameter.</summary>
    private protected static Tensor StateLike(Tensor parameter) => Tensor.Zeros(parameter.Shape, parameter.DType);

    private protected static void Require(bool holds, string name, double value, string range)
    {
        if (!holds) throw new GradusException(FormattableString.Invariant($"optimizer: {name} is {value}, expected {range}."));
    }
}
