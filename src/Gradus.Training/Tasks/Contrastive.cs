using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Two views of each sample, such as two crops of a picture, or a picture and its words.</summary>
/// <param name="First">[samples, …].</param>
/// <param name="Second">[samples, …]: row i is the other view of sample i.</param>
public readonly record struct Views(Tensor First, Tensor Second)
{
    /// <inheritdoc/>
    public override string ToString() => $"Views({First.Describe()}, {Second.Describe()})";
}

/// <summary>Embeddings in which the two views of a sample are near, and those of different samples far: InfoNCE over the batch, in both directions.</summary>
/// <remarks>
/// For unit vectors u, v of the views and the temperature t, −log (exp(uᵢ·vᵢ/t) / Σⱼ exp(uᵢ·vⱼ/t)), and the same with u and v exchanged. Each sample is told
/// from the others of its batch, so large batches teach more. Van den Oord et al., "Representation learning with contrastive predictive coding", 2018;
/// Radford et al., "Learning transferable visual models from natural language supervision", 2021.
/// </remarks>
/// <param name="first">Embeds the first views: [samples, …] → [samples, width].</param>
/// <param name="second">Embeds the second views. Default: null, the same network.</param>
/// <param name="temperature">t, above 0. Default: 0.1.</param>
public sealed class Contrastive(Module<Tensor, Tensor> first, Module<Tensor, Tensor>? second = null, double temperature = 0.1)
    : LearningTask<Views>(second is null || second == first ? first : new ModuleDict<Module<Tensor, Tensor>>(("first", first), ("second", second)))
{
    private readonly double _sharpness = temperature > 0 && double.IsFinite(temperature) ? 1 / temperature : throw new ArgumentOutOfRangeException(
        nameof(temperature), temperature, "The temperature is a finite number above 0.");

    /// <inheritdoc/>
    public override Tensor Loss(Views batch)
    {
        var likeness = Likeness(batch);
        var partners = Tensor.Arange(likeness.Shape[0]);
        return (Losses.CrossEntropy(likeness, partners) + Losses.CrossEntropy(likeness.Transpose(), partners)) * 0.5;
    }

    /// <summary>How often a first view's partner is the nearest of the batch.</summary>
    /// <inheritdoc/>
    public override IReadOnlyList<Metric> CreateMetrics() => [new Accuracy()];

    /// <inheritdoc/>
    public override void Observe(Views batch, IReadOnlyList<Metric> metrics)
    {
        var likeness = Likeness(batch);
        metrics[0].Add(likeness, Tensor.Arange(likeness.Shape[0]));
    }

    /// <summary>uᵢ·vⱼ/t, [samples, samples].</summary>
    private Tensor Likeness(Views batch)
    {
        var (u, v) = (first.Forward(batch.First).Normalize(1), (second ?? first).Forward(batch.Second).Normalize(1));
        return u.MatMul(v.Transpose()) * _sharpness;
    }
}
