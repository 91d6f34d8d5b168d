namespace Gradus.Training;

/// <summary>The base of metrics that follow from the order of the scores. All scores are kept in memory.</summary>
/// <remarks>
/// Takes scores and targets 0 or 1 of one shape, where [samples, 1] is as good as [samples]. Logits and probabilities give the same value. A NaN
/// score gives NaN.
/// </remarks>
public abstract class Ranking : Metric
{
    private readonly List<(double Score, bool IsTrue)> _samples = [];

    private protected Ranking()
    {
    }

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            // A score that is no number is neither above nor below another.
            if (_samples.Exists(static sample => double.IsNaN(sample.Score))) return double.NaN;
            // From the highest score down; each step takes in all samples of one score.
            var steps = _samples.GroupBy(static sample => sample.Score).OrderByDescending(static group => group.Key)
                .Select(static group => (True: group.LongCount(static sample => sample.IsTrue), False: group.LongCount(static sample => !sample.IsTrue)));
            return Figure(steps, _samples.LongCount(static sample => sample.IsTrue), _samples.LongCount(static sample => !sample.IsTrue));
        }
    }

    /// <inheritdoc/>
    public override void Add(Tensor predictions, Tensor targets)
    {
        (predictions, targets) = (WithoutColumn(predictions), WithoutColumn(targets));
        RequireSameShape(GetType().Name, predictions, targets);
        var truth = targets.Detach().To(DType.Float64).ToArray<double>();
        foreach (var target in truth)
        {
            if (target is not (0 or 1))
            {
                throw new GradusException(FormattableString.Invariant(
                    $"{GetType().Name}: a target is {target}, expected 0 or 1. Of several classes, take one against the others: labels.Equal(c)."));
            }
        }

        _samples.AddRange(predictions.Detach().To(DType.Float64).ToArray<double>().Zip(truth, static (score, target) => (score, target == 1)));
    }

    /// <inheritdoc/>
    public override void Reset() => _samples.Clear();

    private static Tensor WithoutColumn(Tensor samples) => samples is { Rank: 2 } && samples.Shape[1] == 1 ? samples.Squeeze(1) : samples;

    private protected abstract double Figure(IEnumerable<(long True, long False)> steps, long isTrue, long isFalse);

    /// <inheritdoc/>
    protected override void MergeCore(Metric other) => _samples.AddRange(((Ranking)other)._samples);
}

/// <summary>
/// The area under the ROC curve: the probability that a positive sample has a higher score than a negative one. Equal scores count half.
/// </summary>
/// <inheritdoc cref="Ranking"/>
public sealed class Auroc : Ranking
{
    private protected override double Figure(IEnumerable<(long True, long False)> steps, long isTrue, long isFalse)
    {
        double area = 0, above = 0;
        foreach (var step in steps)
        {
            area += step.False * (above + (0.5 * step.True));
            above += step.True;
        }

        return area / ((double)isTrue * isFalse);
    }
}

/// <summary>Average precision: Σ (Rₙ − Rₙ₋₁)·Pₙ over all scores as thresholds, where P is the precision and R the recall.</summary>
/// <inheritdoc cref="Ranking"/>
public sealed class AveragePrecision : Ranking
{
    private protected override double Figure(IEnumerable<(long True, long False)> steps, long isTrue, long isFalse)
    {
        double sum = 0, found = 0, taken = 0;
        foreach (var step in steps)
        {
            found += step.True;
            taken += step.True + step.False;
            sum += step.True * found / taken;
        }

        return sum / isTrue;
    }
}
