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
            if (inner != Ops.Softmax && inner != Ops.Sigmoid) continue;
            if (Words(outer, inner) is var (figure, remedy)) yield return new(Illness.RepeatedFunction, Severity.Illness, "", "", figure, Softmaxes, remedy);
        }
    }

    /// <summary>What is wrong with a function of what a softmax or a sigmoid gave; null where nothing is.</summary>
    private static (string Figure, string Remedy)? Words(Op outer, Op inner)
    {
        if (outer == Ops.CrossEntropy || outer == Ops.LogSoftmax)
        {
            return ($"the cross-entropy takes logits, but is given what a {inner} gave.",
                $"Leave the {inner} out while training; take Softmax() of the outputs where probabilities are wanted.");
        }

        if (outer == Ops.BinaryCrossEntropy || outer == Ops.LogSigmoid)
        {
            return ($"the binary cross-entropy takes logits, but is given what a {inner} gave.",
                inner == Ops.Sigmoid
                    ? "Leave the sigmoid out, or take Losses.BinaryCrossEntropy of the probabilities."
                    : "Leave the softmax out, or take CrossEntropy if each sample is of one class.");
        }

        return outer == Ops.Softmax || outer == Ops.Sigmoid ? ($"a {outer} is taken of what a {inner} gave.", $"Leave the {inner} out.") : null;
    }
}
