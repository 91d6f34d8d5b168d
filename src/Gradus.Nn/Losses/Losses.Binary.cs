namespace Gradus.Nn;

public static partial class Losses
{
    /// <summary>−(y·log p + (1 − y)·log(1 − p)); the logarithms are cut at −100, and the derivative's denominator p·(1 − p) at 10⁻¹², as in PyTorch.</summary>
    /// <param name="probability">p in [0, 1], of any shape.</param>
    /// <param name="target">y in [0, 1], of the same shape.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <param name="weight">What each loss is multiplied by; it broadcasts. Default none.</param>
    /// <exception cref="GradusException">The shapes differ, or a number lies outside [0, 1].</exception>
    public static Tensor BinaryCrossEntropy(Tensor probability, Tensor target, Reduction reduction = Reduction.Mean, Tensor? weight = null)
    {
        RequireSameShape("binaryCrossEntropy", probability, target);
        RequireProbabilities("binaryCrossEntropy", "the prediction", probability);
        RequireProbabilities("binaryCrossEntropy", "the target", target);
        return Reduce(Weighted(new BinaryCrossEntropyOfProbability().Apply(probability, target.To(probability.DType)), weight), reduction);
    }

    /// <summary>Binary cross-entropy of p = sigmoid(z), computed as max(z, 0) − z·y + log(1 + e^−|z|), which cannot overflow.</summary>
    /// <param name="logits">z, of any shape.</param>
    /// <param name="target">y in [0, 1], of the same shape.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <param name="weight">What each loss is multiplied by; it broadcasts. Default none.</param>
    /// <param name="positiveWeight">
    /// What the part of y = 1 is multiplied by, one number for each class; it broadcasts. Above 1 it raises recall. Default none.
    /// </param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(
        Tensor logits, Tensor target, Reduction reduction = Reduction.Mean, Tensor? weight = null, Tensor? positiveWeight = null)
    {
        RequireSameShape("binaryCrossEntropyWithLogits", logits, target);
        target = target.To(logits.DType);
        var loss = positiveWeight is null
            ? logits.BinaryCrossEntropyWithLogits(target)
            : -((target * positiveWeight).Chain(logits.LogSigmoid()) + (1 - target).Chain((-logits).LogSigmoid()));
        return Reduce(Weighted(loss, weight), reduction);
    }

    /// <summary>
    /// Focal loss: α_y·(1 − p_y)^γ times the binary cross-entropy of p = sigmoid(z), with p_y the probability given to what is true: easy samples count less.
    /// </summary>
    /// <param name="logits">z, of any shape.</param>
    /// <param name="target">y, 0 or 1, of the same shape.</param>
    /// <param name="alpha">The weight of y = 1, that of y = 0 being 1 − α; null for 1 and 1. Default 0.25.</param>
    /// <param name="gamma">γ, at least 0. Default 2.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <remarks>Lin et al., "Focal loss for dense object detection", 2017.</remarks>
    /// <exception cref="GradusException">The shapes differ, or γ is negative.</exception>
    public static Tensor Focal(Tensor logits, Tensor target, double? alpha = 0.25, double gamma = 2, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("focal", logits, target);
        Require(gamma >= 0, "focal", "gamma", gamma, "at least 0");
        target = target.To(logits.DType);
        var loss = logits.BinaryCrossEntropyWithLogits(target);
        if (gamma > 0) loss = Missed(logits, target, gamma).Chain(loss);
        if (alpha is { } share) loss *= (target * share) + ((1 - target) * (1 - share));
        return Reduce(loss, reduction);
    }

    /// <summary>
    /// (1 − p_y)^γ, 1 − p_y being sigmoid(−z) for y = 1 and sigmoid(z) for y = 0. Where the power's derivative is not bounded at 0, by way of the logarithm.
    /// </summary>
    private static Tensor Missed(Tensor logits, Tensor target, double gamma) => gamma is 1 or >= 2
        ? ((target * (-logits).Sigmoid()) + ((1 - target) * logits.Sigmoid())).Pow(gamma)
        : ((target.Log() + (-logits).LogSigmoid()).LogAddExp((1 - target).Log() + logits.LogSigmoid()) * gamma).Exp();

    /// <summary>Dice loss of each sample: 1 − (2·Σ p·y + s) / (Σ p + Σ y + s); 0 where that denominator is 0.</summary>
    /// <param name="probability">p in [0, 1], [samples, …].</param>
    /// <param name="target">y in [0, 1], of the same shape.</param>
    /// <param name="smoothing">s. Default 1.</param>
    /// <param name="reduction">Mean over the samples by default.</param>
    /// <remarks>Milletari, Navab and Ahmadi, "V-Net", 2016.</remarks>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor Dice(Tensor probability, Tensor target, double smoothing = 1, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("dice", probability, target);
        var p = probability.Reshape(probability.Shape[0], -1);
        var y = target.To(probability.DType).Reshape(probability.Shape[0], -1);
        var all = p.Sum(-1) + y.Sum(-1) + smoothing;
        var isEmpty = all.Equal(0);
        return Reduce(1 - Tensor.Where(isEmpty, 1, (((p * y).Sum(-1) * 2) + smoothing) / Tensor.Where(isEmpty, 1, all)), reduction);
    }

    /// <summary>log(1 + e^−yz): the two-class logistic loss.</summary>
    /// <param name="logits">z, of any shape.</param>
    /// <param name="target">y, 1 or −1, of the same shape.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor SoftMargin(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("softMargin", logits, target);
        return Reduce(-(target.To(logits.DType) * logits).LogSigmoid(), reduction);
    }

    /// <summary>
    /// The regularized logistic cost of K one-against-all outputs: J = −1/m ΣΣ [y·log h + (1 − y)·log(1 − h)] + λ/2m ΣΘ²; the logarithms are cut at −100.
    /// </summary>
    /// <param name="probability">h in [0, 1], [m samples, K].</param>
    /// <param name="target">y, 0 or 1, of the same shape.</param>
    /// <param name="weights">Θ: every layer's weights, without the biases.</param>
    /// <param name="lambda">λ, at least 0.</param>
    /// <exception cref="GradusException">The shapes differ, or λ is negative.</exception>
    public static Tensor RegularizedLogistic(Tensor probability, Tensor target, ReadOnlySpan<Tensor> weights, double lambda)
    {
        ArgumentNullException.ThrowIfNull(probability);
        Require(lambda >= 0, "regularizedLogistic", "lambda", lambda, "at least 0");
        var samples = (double)probability.Shape[0];
        var cost = BinaryCrossEntropy(probability, target, Reduction.Sum) / samples;
        foreach (var weight in weights)
        {
            ArgumentNullException.ThrowIfNull(weight);
            cost += weight.Square().Sum() * (lambda / (2 * samples));
        }

        return cost;
    }

    /// <summary>Refuses what no probability can be. NaN goes on, so that it is found where it arose.</summary>
    private static void RequireProbabilities(string operation, string what, Tensor values)
    {
        if (values.DType == DType.Bool || values.Count == 0) return;
        using var noGrad = GradMode.Disable();
        using var scope = new TensorScope();
        var beyond = (values < 0) | (values > 1);
        if (!beyond.Any().Item<bool>()) return;
        var first = values.Detach().Flatten()[beyond.Flatten().To(DType.Int32).ArgMax().Item<int>()].Item();
        throw new GradusException(
            FormattableString.Invariant($"{operation}: {what} holds {first}, expected numbers in [0, 1]. Of logits take BinaryCrossEntropyWithLogits."));
    }
}
