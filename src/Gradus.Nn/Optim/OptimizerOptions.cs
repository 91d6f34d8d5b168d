namespace Gradus.Nn;

/// <summary>Settings that all optimizers share.</summary>
/// <param name="LearningRate">The step size η.</param>
public abstract record OptimizerOptions(double LearningRate)
{
    /// <summary>λ, at least 0. Unset, the optimizer's default: 0, but 0.01 for <see cref="AdamW"/> and 0.1 for <see cref="Muon"/>.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Whether parameters of fewer than two axes, which are biases and the scales of norms, decay as well. Default true.</summary>
    public bool DecayBiasesAndNorms { get; init; } = true;

    /// <summary>Parameters that are treated in their own way; of several groups that match a parameter the first counts. Default none.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <inheritdoc/>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);
}
