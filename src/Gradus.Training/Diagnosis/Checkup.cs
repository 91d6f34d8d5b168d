using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The examination of a network on data, by the loss that <see cref="Trainer"/> trains it with.</summary>
public static class Checkup
{
    /// <summary>The smallest class has fewer than a tenth of the samples of the largest: a network that never tells it is hardly wrong.</summary>
    private const double SmallestClass = 0.1;

    /// <summary>Examines a network, in training mode, on samples spread evenly over the data, and the data's classes.</summary>
    /// <param name="model">Gives logits for classes, or standardized targets. It is left as it was.</param>
    /// <param name="data">What it is trained on.</param>
    /// <param name="optimizer">What makes the steps, or null. It is left as it was.</param>
    /// <param name="batchSize">Samples to examine it on. Default 128.</param>
    /// <param name="checks">Checks of your own, which follow the library's. Default none.</param>
    /// <exception cref="GradusException">There is no data, or it does not fit the network.</exception>
    public static Examination Of(
        Module<Tensor, Tensor> model, Dataset data, Optimizer? optimizer = null, int batchSize = 128, IEnumerable<Check>? checks = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (data.Count == 0) throw new GradusException($"doctor: {data.Name} has no samples.");
        var count = Math.Min(batchSize, data.Count);
        int[] rows = [.. Enumerable.Range(0, count).Select(index => (int)((long)index * data.Count / count))];
        var inputs = data.InputTensor(rows);
        var targets = data.TargetsOf(rows);
        (Module Module, bool WasTraining)[] modes = [.. model.NamedModules().Select(static named => (named.Module, named.Module.IsTraining))];
        try
        {
            model.Train();
            var examination = Doctor.Examine(model, Loss, optimizer, checks);
            return examination with { Findings = [.. examination.Findings, .. Imbalance(data)] };
        }
        finally
        {
            foreach (var (module, wasTraining) in modes) module.TrainAlone(wasTraining);
        }

        Tensor Loss() => data.LossOf(model.Forward(inputs), targets);
    }

    private static IEnumerable<Finding> Imbalance(Dataset data)
    {
        if (data is not { ClassNames: { } names, Labels: { } labels }) yield break;
        var counts = new int[names.Count];
        foreach (var label in labels) counts[label]++;
        var (smallest, largest) = (Array.IndexOf(counts, counts.Min()), Array.IndexOf(counts, counts.Max()));
        if (counts[smallest] >= SmallestClass * counts[largest]) yield break;
        yield return new Finding(Illness.ClassImbalance, Severity.Advice, "", "",
            FormattableString.Invariant($"'{names[smallest]}' has {counts[smallest]} samples, '{names[largest]}' {counts[largest]}; a tenth would do."),
            "A network that never tells the rare class is hardly wrong, so it learns to tell it late or never.",
            "Look at the confusion matrix rather than the accuracy; gather more of the rare class, draw it more often, or weigh the loss by class.");
    }
}
