using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>Adam with the weight decay on the parameter itself: p ← p·(1 − ηλ), then Adam's step.</summary>
/// <remarks>Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.</remarks>
public sealed class AdamW : AdamBase
{
    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    // Preferred, so that new() { … } is not taken for a learning rate.
    [OverloadResolutionPriority(1)]
    public AdamW(IEnumerable<Parameter> parameters, AdamOptions? options = null) : base(parameters, options ?? new(), decoupled: true, defaultDecay: 0.01)
    {
    }

    /// <summary>An optimizer of these parameters with a learning rate.</summary>
    public AdamW(IEnumerable<Parameter> parameters, double learningRate) : this(parameters, new AdamOptions { LearningRate = learningRate })
    {
    }
}
