namespace Gradus.Nn;

/// <summary>Looks at how values and gradients flow through a network, and names what is wrong.</summary>
/// <remarks>
/// The table: what each layer gives, what gradient reaches it, how large its weights, their gradients and their next update are, which units are dead or
/// saturated. The findings: vanishing and exploding gradients, dead and saturated units, unused and detached parts, values that are not finite, a learning
/// rate that does not suit, weight decay where it does harm; and mistakes of the loop around it:
/// an optimizer of other parameters, a network left in Eval, targets out of scale, a softmax or sigmoid too many, a
/// rectifier as the last layer; each with the layer, the figure, the meaning and the remedy. In a training loop:
/// <code>
/// Tensor Loss() => Losses.CrossEntropy(model.Forward(images), labels);
/// optimizer.Step(Loss);
/// if (step % 100 == 0) Console.WriteLine(Doctor.Examine(model, Loss, optimizer));
/// </code>
/// </remarks>
public static class Doctor
{
    // Causes before consequences: each check sees what those before it have found.
    private static readonly Check[] Checks =
    [
        new NotFinite(), new DetachedLoss(), new OtherParameters(), new LeftInEval(),
        new UnusedParameters(), new InputNotNormalized(), new TargetNotNormalized(), new RepeatedFunction(),
        new RectifiedOutput(), new DeadUnits(), new SaturatedUnits(), new VanishingGradient(), new ExplodingGradient(),
        new ConstantOutput(), new LearningRate(), new WeightDecayOnBiases(),
    ];

    /// <summary>Evaluates the loss, goes back from it, and tells what is wrong.</summary>
    /// <param name="model">The network, in the mode in which it is to be examined: for training, in training.</param>
    /// <param name="loss">
    /// Computes the loss of a batch from the network: a tensor of one number. It is called more than once and must give the same each time; a batch of 32
    /// samples or more says most.
    /// </param>
    /// <param name="optimizer">
    /// What makes the steps: its next one is made and taken back. Null leaves updates, learning rate and weight decay out, and so does L-BFGS.
    /// </param>
    /// <param name="checks">Checks of your own, which follow the library's. Default none.</param>
    /// <remarks>
    /// The network is left as it was: parameters, gradients, buffers such as running statistics, modes, random streams, and the optimizer with its states.
    /// Parameters and buffers are written back, so a graph recorded before cannot be walked afterwards. A network that has not been used yet is
    /// initialized as its first call would do.
    /// </remarks>
    /// <exception cref="GradusException">The loss is not a single number, or a check gives null.</exception>
    public static Examination Examine(Module model, Func<Tensor> loss, Optimizer? optimizer = null, IEnumerable<Check>? checks = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        Check[] own = [.. checks ?? []];
        foreach (var check in own) ArgumentNullException.ThrowIfNull(check, nameof(checks));
        var draws = new Dictionary<Generator, long>();
        using var recording = GradMode.Set(true);
        try
        {
            using var notes = Generator.NoteDraws(draws);
            Settle(model, loss);
            using var buffers = new KeptBuffers(model);
            var evidence = Evidence.Gather(model, Anew, optimizer);
            foreach (var check in Checks.Concat(own))
            {
                // All of them first: while it looks, a check sees what was found before it.
                Finding[] found = [.. check.Look(evidence) ?? throw Nothing(check)];
                if (found.Contains(null)) throw Nothing(check);
                evidence.Found.AddRange(found);
                if (check.IsFinal && evidence.Found.Count > 0) break;
            }

            return new Examination(evidence.Loss, evidence.Layers, evidence.Found);
        }
        finally
        {
            Rewind(draws);
        }

        // Every evaluation draws the same: a fault that is looked for again is found again.
        Tensor Anew()
        {
            Rewind(draws);
            return loss();
        }
    }

    /// <summary>Has sizes that the first input tells be known, without running statistics taking notice.</summary>
    private static void Settle(Module model, Func<Tensor> loss)
    {
        if (model.Parameters().All(static parameter => parameter.IsKnown)) return;
        using var noGrad = GradMode.Disable();
        using var use = Module.InUse();
        loss();
    }

    private static GradusException Nothing(Check check) =>
        new($"doctor: {check.GetType().Name}.Look gave null. Where nothing is found, give no findings: an empty list, or yield break.");

    private static void Rewind(Dictionary<Generator, long> draws)
    {
        foreach (var (stream, position) in draws) stream.Position = position;
    }
}
