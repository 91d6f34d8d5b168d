namespace Gradus.Data;

// What is done with samples that were made in this way.
public sealed partial record TablePreprocessing
{
    /// <summary>Splits samples as the training data were split: at random, or the windows of a time series by time.</summary>
    /// <param name="samples">The samples, in the order of the table.</param>
    /// <param name="valid">The fraction for validation, from 0 to below 1.</param>
    /// <param name="test">The fraction for the test, from 0 to below 1.</param>
    /// <param name="seed">The seed of a split at random.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is out of range, or the fractions leave no sample for training.</exception>
    public DataSplit Split(Dataset samples, double valid, double test, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var split = Window > 0 ? SeriesLearning.ByTime(samples.Count, valid, test) : Data.Split.ByFraction(samples.Count, valid, test, seed);
        return new DataSplit(samples.Select(split.Train), samples.Select(split.Validation), samples.Select(split.Test));
    }

    /// <summary>
    /// The root of the mean squared error of the persistence forecast, which says the last value of each window, in the target's unit: what a forecast
    /// has to beat. Null where there are no windows, no samples or no targets.
    /// </summary>
    /// <param name="samples">Windows that were made in this way.</param>
    public double? PersistenceError(Dataset samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var own = Columns.TakeWhile(column => column.Index != Target.Index).Sum(static column => column.Width);
        if (Window == 0 || samples.Count == 0 || samples.Targets is not { } targets || own >= RowSize || samples.Inputs.Size != InputSize) return null;
        var inputs = new float[InputSize];
        var sum = 0.0;
        for (var sample = 0; sample < samples.Count; sample++)
        {
            samples.Inputs.CopyRows([sample], inputs);
            var last = (double)inputs[((Window - 1) * RowSize) + own];
            var error = Target.Transform == TargetTransform.None ? targets[sample] - last : ErrorOf(targets[sample], last, Columns.First(IsOwn));
            sum += error * error;
        }

        return Math.Sqrt(sum / samples.Count) * (Target.Transform == TargetTransform.None ? Target.Deviation : 1);
    }

    private bool IsOwn(TableColumn column) => column.Index == Target.Index;

    // In the target's unit: its past is standardized as it is, and its future after the transform.
    private double ErrorOf(double target, double last, TableColumn own) =>
        Target.Transform.Invert((target * Target.Deviation) + Target.Mean) - ((last * own.Deviation) + own.Mean);
}
