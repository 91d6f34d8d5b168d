using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Adam: steps of the size of the gradient's mean over its deviation, both running: m̂ / (√v̂ + ε).</summary>
/// <remarks>Kingma and Ba, "Adam: a method for stochastic optimization", 2015.</remarks>
public sealed class Adam : AdamBase
{
    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public Adam(IEnumerable<Parameter> parameters, AdamOptions? options = null) : base(parameters, options ?? new(), decoupled: false, defaultDecay: 0)
    {
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public Adam(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new AdamOptions { LearningRate = learningRate })
    {
    }
}
