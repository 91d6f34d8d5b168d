namespace Gradus.Nn;

/// <summary>A network that gives back its input through a narrow middle, so that the middle must hold what matters: [batch, …] → the same shape.</summary>
/// <remarks>
/// Linear layers with ReLU between them, down to the code and in the opposite order up again; train it with the input as the target. Hinton and
/// Salakhutdinov, "Reducing the dimensionality of data with neural networks", 2006.
/// </remarks>
public sealed class Autoencoder : Layer<Tensor, Tensor>
{
    /// <summary>A network for samples of a size.</summary>
    /// <param name="inputs">Numbers in a sample.</param>
    /// <param name="sizes">The layers from the input to the code: 128, 32 makes 784 → 128 → 32 → 128 → 784.</param>
    /// <param name="bounded">Whether the numbers are in 0 … 1, as pixels are: a sigmoid ends the network then. Default false.</param>
    /// <exception cref="GradusException">A size is not positive, or there is none.</exception>
    public Autoencoder(int inputs, ReadOnlySpan<int> sizes, bool bounded = false)
    {
        if (sizes.IsEmpty) throw new GradusException("autoencoder: no sizes; give at least that of the code.");
        Encoder = new Sequential(new Flatten());
        Decoder = [];
        ReadOnlySpan<int> all = [inputs, .. sizes];
        for (var layer = 1; layer < all.Length; layer++)
        {
            if (layer > 1) Encoder.Add(new Relu());
            Encoder.Add(new Linear(all[layer - 1], all[layer]));
        }

        for (var layer = all.Length - 1; layer > 0; layer--)
        {
            Decoder.Add(new Linear(all[layer], all[layer - 1]));
            if (layer > 1) Decoder.Add(new Relu());
        }

        if (bounded) Decoder.Add(new Sigmoid());
    }

    /// <summary>From a sample to its code: [batch, …] → [batch, code].</summary>
    public Sequential Encoder { get; set => field = Register(value); }

    /// <summary>From a code to a sample: [batch, code] → [batch, inputs].</summary>
    public Sequential Decoder { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Decoder.Forward(Encoder.Forward(input)).Reshape(input.Shape);
}
