namespace Gradus.Training;

/// <summary>What is computed from the order of scores: all of them are kept.</summary>
/// <remarks>Takes scores and 0 or 1 targets of one shape, or scores [samples, 1] and targets [samples]; logits and probabilities give the same. A score that is NaN makes the figure NaN.</remarks>
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
        if (predictions is { Rank: 2 } && targets is { Rank: 1 } && predictions.Shape[1] == 1) predictions = predictions.Squeeze(1);
        RequireSameShape(GetType().Name, predictions, targets);
        if (targets.Detach().To(DType.Float64).ToArray<double>().Any(static target => target is not (0 or 1))) throw new GradusException($"{GetType().Name}: the targets hold other numbers than 0 and 1.");
        var scores = predictions.Detach().To(DType.Float64).ToArray<double>();
        _samples.AddRange(scores.Zip(targets.Detach().To(DType.Float64).ToArray<double>(), static (score, target) => (score, target > 0.5)));
    }

    /// <inheritdoc/>
    public override void Reset() => _samples.Clear();

    private protected abstract double Figure(IEnumerable<(long True, long False)> steps, long isTrue, long isFalse);

    private protected override void Take(Metric other) => _samples.AddRange(((Ranking)other)._samples);
}

/// <summary>The area under the receiver operating characteristic: how probably a true sample has a higher score than a false one, equal scores counting half.</summary>
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

/// <summary>Average precision: Σ (Rₙ − Rₙ₋₁)·Pₙ over the scores as thresholds, P and R being precision and recall.</summary>
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
