using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>A <see cref="Vae"/>: samples in 0 … 1 are given back through a code that is a distribution. Labels and targets are not read.</summary>
/// <param name="network">The network, or another that says the same of a batch.</param>
public sealed class VariationalAutoencoder(Module<Tensor, VaeOutput> network) : LearningTask<Labeled, Module<Tensor, VaeOutput>>(network)
{
    /// <summary>−log p(x | z) + D(q(z | x) ‖ p(z)), the mean over the samples: see <see cref="VaeOutput.Loss"/>.</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Labeled batch) => Network.Forward(batch.Input).Loss(batch.Input);
}
