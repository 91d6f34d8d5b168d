namespace Gradus.Training;

/// <summary>Binary or multilabel predictions: logits in place of class scores, one for each sample, or one for each label of each sample.</summary>
/// <param name="Logits">[samples, labels]; above 0 means positive.</param>
/// <param name="Targets">0 or 1, [samples, labels].</param>
internal sealed record Decisions(Tensor Logits, Tensor Targets)
{
    /// <summary>Recognizes binary or multilabel predictions by their shapes; null for class scores [samples, classes] and labels [samples].</summary>
    /// <remarks>
    /// [samples] or [samples, 1] with targets [samples] or [samples, 1] are binary; [samples, labels] with targets of the same shape are multilabel.
    /// </remarks>
    /// <exception cref="GradusException">A target is neither 0 nor 1.</exception>
    public static Decisions? Of(string metric, Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        var isOne = predictions.Rank is 1 or 2 && targets.Rank is 1 or 2 && predictions.Count == targets.Count && predictions.Shape[0] == targets.Shape[0]
            && (predictions.Rank == 1 || predictions.Shape[1] == 1);
        if (!isOne && (predictions.Rank != 2 || predictions.Shape != targets.Shape)) return null;
        using var noGrad = new NoGrad();
        var labels = predictions.Rank == 1 ? 1 : predictions.Shape[1];
        var truth = targets.To(DType.Float64).Reshape(predictions.Shape[0], labels);
        foreach (var target in truth.ToArray<double>())
        {
            if (target is not (0 or 1))
            {
                var what =
                    FormattableString.Invariant($"{metric}: a target is {target}; for logits {predictions.Shape} and targets {targets.Shape} each is 0 or 1.");
                throw new GradusException($"{what} For classes give scores [samples, classes] and labels [samples].");
            }
        }

        return new Decisions(predictions.To(DType.Float64).Reshape(predictions.Shape[0], labels), truth);
    }

    /// <summary>Each decision as a sample of two classes with the scores 0 and the logit. The softmax of these is the sigmoid of the logit.</summary>
    public (Tensor Scores, Tensor Labels) AsClasses()
    {
        using var noGrad = new NoGrad();
        var logits = Logits.Flatten();
        return (Tensor.Stack([Tensor.ZerosLike(logits), logits], 1), Targets.Flatten().To(DType.Int64));
    }
}
