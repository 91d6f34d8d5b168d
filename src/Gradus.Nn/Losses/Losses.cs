namespace Gradus.Nn;

/// <summary>What becomes of the losses of the elements.</summary>
public enum Reduction
{
    /// <summary>Their mean: the default.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>They stay as they are.</summary>
    None,
}

/// <summary>Losses: how far predictions are from what was wanted.</summary>
public static class Losses
{
    // log p below this stands for p = 0, so that a certain and wrong prediction costs much but not infinitely much; PyTorch's bound.
    private const double LogFloor = -100;

    /// <summary>(ŷ − y)², averaged over all elements.</summary>
    /// <param name="prediction">ŷ, of any shape.</param>
    /// <param name="target">y, of the same shape.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("meanSquaredError", prediction, target);
        return Reduce((prediction - target).Square(), reduction);
    }

    /// <summary>−(y·log p + (1 − y)·log(1 − p)), averaged over all elements; the logarithms are cut at −100.</summary>
    /// <param name="probability">p in [0, 1], of any shape.</param>
    /// <param name="target">y in [0, 1], of the same shape.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropy(Tensor probability, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("binaryCrossEntropy", probability, target);
        target = target.To(probability.DType);
        var hit = target * probability.Log().Clamp(min: LogFloor);
        var miss = (1 - target) * (1 - probability).Log().Clamp(min: LogFloor);
        return Reduce(-(hit + miss), reduction);
    }

    /// <summary>Binary cross-entropy of p = sigmoid(z), computed as max(z, 0) − z·y + log(1 + e^−|z|), which cannot overflow.</summary>
    /// <param name="logits">z, of any shape.</param>
    /// <param name="target">y in [0, 1], of the same shape.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("binaryCrossEntropyWithLogits", logits, target);
        target = target.To(logits.DType);
        return Reduce(logits.BinaryCrossEntropyWithLogits(target), reduction);
    }

    /// <summary>Softmax and cross-entropy as one stable layer: log Σⱼ e^zⱼ − z_label for each row, averaged over the rows.</summary>
    /// <param name="logits">z, [samples, classes].</param>
    /// <param name="labels">i32 or i64 class numbers, [samples].</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes do not fit, or a label is not a class.</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels, Reduction reduction = Reduction.Mean) => Reduce(logits.CrossEntropy(labels), reduction);

    /// <summary>Cross-entropy with a target distribution: −Σⱼ yⱼ·log softmax(z)ⱼ for each row, averaged over the rows.</summary>
    /// <param name="logits">z, [samples, classes].</param>
    /// <param name="target">y, [samples, classes], rows summing to 1: one-hot, or soft.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor SoftCrossEntropy(Tensor logits, Tensor target, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("softCrossEntropy", logits, target);
        return Reduce(-(logits.LogSoftmax() * target).Sum(-1), reduction);
    }

    private static Tensor Reduce(Tensor losses, Reduction reduction) => reduction switch
    {
        Reduction.Mean => losses.Mean(),
        Reduction.Sum => losses.Sum(),
        _ => losses,
    };

    private static void RequireSameShape(string operation, Tensor prediction, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        // Broadcasting here hides the commonest mistake: [n] against [n, 1] would compare every pair.
        if (prediction.Shape != target.Shape) throw new GradusException($"{operation}: the prediction is {prediction.Shape}, the target {target.Shape}; they must have the same shape.");
    }
}
