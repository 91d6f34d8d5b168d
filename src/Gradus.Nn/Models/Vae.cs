namespace Gradus.Nn;

/// <summary>What a <see cref="Vae"/> makes of a batch.</summary>
/// <param name="Logits">Logits of the pixels that it gives back; their sigmoid is the picture. The input's shape.</param>
/// <param name="Mean">μ of each sample's code, [batch, code].</param>
/// <param name="LogVariance">log σ² of each sample's code, [batch, code].</param>
public readonly record struct VaeOutput(Tensor Logits, Tensor Mean, Tensor LogVariance)
{
    /// <summary>What is minimized: −log p(x | z) + D(q(z | x) ‖ p(z)), the mean over the samples.</summary>
    /// <param name="input">x, the batch that went in, in 0 … 1.</param>
    /// <returns>Σ binary cross-entropy over the pixels − ½ Σ (1 + log σ² − μ² − σ²) over the code: a scalar.</returns>
    /// <exception cref="GradusException">The input has another shape than what is given back.</exception>
    public Tensor Loss(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var reconstruction = Losses.BinaryCrossEntropyWithLogits(Logits, input, Reduction.Sum);
        var divergence = (1 + LogVariance - Mean.Square() - LogVariance.Exp()).Sum() * -0.5;
        return (reconstruction + divergence) / input.Shape[0];
    }
}

/// <summary>A variational autoencoder: its code is a distribution, so that new samples can be drawn from it: [batch, …] → <see cref="VaeOutput"/>.</summary>
/// <remarks>
/// In training the code is z = μ + σ·ε with ε normal, drawn from the module's own stream (the reparameterisation: the gradient passes through μ and σ); in
/// use it is μ. Kingma and Welling, "Auto-encoding variational Bayes", 2014.
/// </remarks>
public sealed class Vae : Module<Tensor, VaeOutput>
{
    private readonly int _code;

    /// <summary>A network for samples of a size.</summary>
    /// <param name="inputs">Numbers in a sample, each in 0 … 1.</param>
    /// <param name="hidden">The size of the hidden layer on either side. Default 400.</param>
    /// <param name="code">The size of the code. Default 20.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public Vae(int inputs, int hidden = 400, int code = 20)
    {
        _code = code;
        Encoder = new Sequential(new Flatten(), new Linear(inputs, hidden), new Relu());
        Mean = new Linear(hidden, code);
        LogVariance = new Linear(hidden, code);
        Decoder = new Sequential(new Linear(code, hidden), new Relu(), new Linear(hidden, inputs));
    }

    /// <summary>What μ and σ are computed from: [batch, …] → [batch, hidden].</summary>
    public Sequential Encoder { get; set => field = Register(value); }

    /// <summary>μ: [batch, hidden] → [batch, code].</summary>
    public Linear Mean { get; set => field = Register(value); }

    /// <summary>log σ²: [batch, hidden] → [batch, code].</summary>
    public Linear LogVariance { get; set => field = Register(value); }

    /// <summary>From a code to logits of a sample: [batch, code] → [batch, inputs].</summary>
    public Sequential Decoder { get; set => field = Register(value); }

    /// <summary>New samples: codes drawn from normal(0, 1), decoded: [count, inputs], in 0 … 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="generator">Where the codes are drawn from; null for the default generator.</param>
    public Tensor Sample(int count, Generator? generator = null) => Decoder.Forward(Tensor.Randn([count, _code], Mean.Weight.Value.DType, generator)).Sigmoid();

    internal override bool DiffersInTraining => true;

    /// <inheritdoc/>
    protected override VaeOutput Compute(Tensor input)
    {
        var hidden = Encoder.Forward(input);
        Tensor mean = Mean.Forward(hidden), logVariance = LogVariance.Forward(hidden);
        var code = IsTraining ? mean + ((logVariance * 0.5).Exp() * Tensor.Randn(mean.Shape, mean.DType, Random)) : mean;
        return new VaeOutput(Decoder.Forward(code).Reshape(input.Shape), mean, logVariance);
    }
}
