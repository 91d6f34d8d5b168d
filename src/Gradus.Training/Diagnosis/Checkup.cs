using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Examines a network on a dataset, with the loss that a <see cref="Trainer"/> would use.</summary>
public static class Checkup
{
    /// <summary>Below this ratio of the smallest to the largest class, the classes are called imbalanced.</summary>
    private const double SmallestClass = 0.1;

    /// <summary>
    /// Examines one training step of the network on samples spread evenly over the dataset, and the balance of the dataset's classes.
    /// </summary>
    /// <param name="model">The network. Its outputs are logits for classes, or predictions of the targets. It is not changed.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">The optimizer whose updates are examined; null for none. It is not changed.</param>
    /// <param name="batchSize">Number of samples. Default: 128.</param>
    /// <param name="checks">Further checks, which run after those of the library. Default: none.</param>
    /// <exception cref="GradusException">The dataset is empty, or does not fit the network.</exception>
    public static Examination Of(
        Module<Tensor, Tensor> model, Dataset data, Optimizer? optimizer = null, int batchSize = 128, IEnumerable<Check>? checks = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (data.Count == 0) throw new GradusException($"doctor: {data.Name} has no samples.");
        var count = Math.Min(batchSize, data.Count);
        int[] rows = [.. Enumerable.Range(0, count).Select(index => (int)((long)index * data.Count / count))];
        var task = SupervisedTask.For(model, data);
        var batch = data.Read(rows);
        (Module Module, bool WasTraining)[] modes = [.. model.NamedModules().Select(static named => (named.Module, named.Module.IsTraining))];
        try
        {
            model.Train();
            var examination = Doctor.Examine(model, () => task.Loss(batch), optimizer, checks);
            return examination with { Findings = [.. examination.Findings, .. Imbalance(data)] };
        }
        finally
        {
            foreach (var (module, wasTraining) in modes) module.TrainAlone(wasTraining);
        }
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
            "A network that never predicts the rare class is rarely wrong, so it learns to predict it late or never.",
            "Look at the confusion matrix rather than the accuracy; gather more of the rare class, draw it more often, or weight the loss by class.");
    }
}
