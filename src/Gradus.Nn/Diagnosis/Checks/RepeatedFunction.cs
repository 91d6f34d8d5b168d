namespace Gradus.Nn;

/// <summary>A softmax before a loss that takes logits, which makes its own; a sigmoid likewise; or one upon the other.</summary>
/// <remarks>
/// A softmax of probabilities lies between 1/classes and e/(e + classes − 1): no loss below that of the latter can be reached, and gradients are small.
/// </remarks>
internal sealed class RepeatedFunction : Check
{
    private const string Softmaxes =
        "The loss makes probabilities of what it is given, so they are squeezed twice: sure predictions cannot be told, and the gradient is small.";

    public override IEnumerable<Finding> Look(Evidence evidence)
    {
        foreach (var (outer, inner) in evidence.Graph.Pairs.Distinct())
        {
            var (figure, remedy) = (outer, inner) switch
            {
                ("crossEntropy" or "logSoftmax", "softmax" or "sigmoid") =>
                    ($"the cross-entropy takes logits, but is given what a {inner} gave.",
                    $"Leave the {inner} out while training; take Softmax() of the outputs where probabilities are wanted."),
                ("binaryCrossEntropyWithLogits" or "logSigmoid", "softmax" or "sigmoid") =>
                    ($"the binary cross-entropy takes logits, but is given what a {inner} gave.",
                    inner == "sigmoid"
                        ? "Leave the sigmoid out, or take Losses.BinaryCrossEntropy of the probabilities."
                        : "Leave the softmax out, or take CrossEntropy if each sample is of one class."),
                ("softmax", "softmax") or ("sigmoid", "sigmoid") or ("softmax", "sigmoid") or ("sigmoid", "softmax") =>
                    ($"a {outer} is taken of what a {inner} gave.", $"Leave the {inner} out."),
                _ => ("", ""),
            };
            if (figure.Length > 0) yield return new(Illness.RepeatedFunction, Severity.Illness, "", "", figure, Softmaxes, remedy);
        }
    }
}
