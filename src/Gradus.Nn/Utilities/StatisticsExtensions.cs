namespace Gradus.Nn;

/// <summary>Running statistics that fit weights which no training step has seen: averaged ones, or loaded ones.</summary>
public static class StatisticsExtensions
{
    /// <summary>Takes the running means and variances of all batch norms anew, as the plain average over some batches, run forward as in training.</summary>
    /// <param name="module">The network. Modes are as before afterwards.</param>
    /// <param name="batches">Its inputs: usually one epoch's.</param>
    /// <remarks>PyTorch's <c>swa_utils.update_bn</c>. If a batch cannot be evaluated, the statistics stay as they were.</remarks>
    /// <exception cref="GradusException">There are no batches, or one of them does not fit.</exception>
    public static void RecomputeStatistics<TIn, TOut>(this Module<TIn, TOut> module, IEnumerable<TIn> batches)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(batches);
        Module[] modules = [.. module.NamedModules().Select(static named => named.Module)];
        BatchNorm[] norms = [.. modules.OfType<BatchNorm>().Where(static norm => norm.RunningMean is not null)];
        if (norms.Length == 0) return;
        var modes = Array.ConvertAll(modules, static part => part.IsTraining);
        using var noGrad = new NoGrad();
        Tensor[] averages = [.. norms.SelectMany(static norm => new Tensor[] { norm.RunningMean!, norm.RunningVar!, norm.NumBatchesTracked! })];
        Tensor[] before = [.. averages.Select(static average => average.Clone())];
        var count = 0;
        module.Train();
        foreach (var norm in norms) norm.Restart();
        try
        {
            foreach (var batch in batches)
            {
                _ = module.Forward(batch);
                count++;
            }

            if (count == 0) throw new GradusException("recomputeStatistics: there are no batches to take the statistics from.");
        }
        catch
        {
            // A batch that cannot be evaluated, such as one of a single row, leaves what was there.
            foreach (var (average, value) in averages.Zip(before)) average.CopyFrom(value);
            throw;
        }
        finally
        {
            foreach (var norm in norms) norm.CountsAllAlike = false;
            for (var index = 0; index < modules.Length; index++) modules[index].TrainAlone(modes[index]);
        }
    }
}
