namespace Gradus.Training;

/// <summary>How the metric of each class is averaged to one number.</summary>
public enum ClassAverage
{
    /// <summary>The unweighted mean over classes: rare classes count as much as frequent ones.</summary>
    Macro,

    /// <summary>The metric of the counts of all classes taken together.</summary>
    Micro,

    /// <summary>The mean over classes, weighted by the number of samples of each class.</summary>
    Weighted,
}

/// <summary>The base of metrics that follow from the true positives, false positives and false negatives of each class.</summary>
/// <remarks>
/// Multiclass: scores [samples, classes] and labels [samples]. The class with the highest score is predicted; a sample with NaN scores is a false
/// negative of its class. Binary and multilabel: logits [samples], [samples, 1] or [samples, labels] and targets 0 or 1. Each label is then a class;
/// with one label, the metric is that of the positive class. 0/0 gives 0.
/// </remarks>
public abstract class ClassCounts : Metric
{
    private readonly ClassAverage _average;
    private long[] _right = [];
    private long[] _wrong = [];
    private long[] _missed = [];

    private protected ClassCounts(ClassAverage average) => _average = average;

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            var samples = _right.Sum() + _missed.Sum();
            if (samples == 0) return double.NaN;
            if (_average == ClassAverage.Micro) return Figure(_right.Sum(), _wrong.Sum(), _missed.Sum());
            double sum = 0, weights = 0;
            for (var label = 0; label < _right.Length; label++)
            {
                if (!Counts(_right[label], _wrong[label], _missed[label])) continue;
                var weight = _average == ClassAverage.Macro ? 1.0 : _right[label] + _missed[label];
                sum += weight * Figure(_right[label], _wrong[label], _missed[label]);
                weights += weight;
            }

            return sum / weights;
        }
    }

    /// <inheritdoc/>
    public override void Add(Tensor predictions, Tensor targets)
    {
        if (Decisions.Of(GetType().Name, predictions, targets) is { } decisions)
        {
            if (!CountsBothSides)
            {
                Count(decisions);
                return;
            }

            (predictions, targets) = decisions.AsClasses();
        }

        var (scores, labels, classes) = Classified(GetType().Name, predictions, targets);
        Grow(classes);
        var predicted = predictions.Detach().ArgMax(1).To(DType.Int64).ToArray<long>();
        var isUndecided = HasNaN(scores, classes);
        for (var sample = 0; sample < labels.Length; sample++)
        {
            if (isUndecided[sample])
            {
                _missed[labels[sample]]++;
                continue;
            }

            if (predicted[sample] == labels[sample])
            {
                _right[labels[sample]]++;
                continue;
            }

            _wrong[predicted[sample]]++;
            _missed[labels[sample]]++;
        }
    }

    /// <inheritdoc/>
    public override void Reset() => (_right, _wrong, _missed) = ([], [], []);

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({_average})";

    /// <summary>The metric of a class from its true positives, false positives and false negatives.</summary>
    private protected abstract double Figure(long right, long wrong, long missed);

    /// <summary>Whether a class enters the mean. Default: not where it neither occurs nor is predicted.</summary>
    private protected virtual bool Counts(long right, long wrong, long missed) => right + wrong + missed > 0;

    /// <summary>Whether the negative class of a binary decision counts as a class too.</summary>
    private protected virtual bool CountsBothSides => false;

    /// <inheritdoc/>
    protected override void MergeCore(Metric other)
    {
        var counts = (ClassCounts)other;
        Grow(counts._right.Length);
        for (var label = 0; label < counts._right.Length; label++)
        {
            _right[label] += counts._right[label];
            _wrong[label] += counts._wrong[label];
            _missed[label] += counts._missed[label];
        }
    }

    private protected static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;

    // Each label is a class of its own; a logit that is no number is wrong either way.
    private void Count(Decisions decisions)
    {
        var labels = decisions.Logits.Shape[1];
        Grow(labels);
        var (logits, truth) = (decisions.Logits.ToArray<double>(), decisions.Targets.ToArray<double>());
        for (var place = 0; place < logits.Length; place++)
        {
            if (truth[place] == 1 && logits[place] > 0) _right[place % labels]++;
            else if (truth[place] == 1) _missed[place % labels]++;
            else if (!(logits[place] <= 0)) _wrong[place % labels]++;
        }
    }

    private void Grow(int classes)
    {
        if (classes <= _right.Length) return;
        Array.Resize(ref _right, classes);
        Array.Resize(ref _wrong, classes);
        Array.Resize(ref _missed, classes);
    }
}

/// <summary>Precision: the fraction of the predictions of a class that are correct, TP / (TP + FP).</summary>
/// <inheritdoc cref="ClassCounts"/>
public sealed class Precision(ClassAverage average = ClassAverage.Macro) : ClassCounts(average)
{
    private protected override double Figure(long right, long wrong, long missed) => Ratio(right, right + wrong);
}

/// <summary>Recall: the fraction of the samples of a class that are predicted so, TP / (TP + FN).</summary>
/// <inheritdoc cref="ClassCounts"/>
public sealed class Recall(ClassAverage average = ClassAverage.Macro) : ClassCounts(average)
{
    private protected override double Figure(long right, long wrong, long missed) => Ratio(right, right + missed);
}

/// <summary>The F₁ score, the harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN).</summary>
/// <inheritdoc cref="ClassCounts"/>
public sealed class F1(ClassAverage average = ClassAverage.Macro) : ClassCounts(average)
{
    private protected override double Figure(long right, long wrong, long missed) => Ratio(2 * right, (2 * right) + wrong + missed);
}

/// <summary>Balanced accuracy: the mean recall over the classes that occur. Rare classes count as much as frequent ones.</summary>
/// <inheritdoc cref="ClassCounts"/>
public sealed class BalancedAccuracy() : ClassCounts(ClassAverage.Macro)
{
    /// <inheritdoc/>
    public override string ToString() => "BalancedAccuracy";

    private protected override double Figure(long right, long wrong, long missed) => Ratio(right, right + missed);

    private protected override bool CountsBothSides => true;

    private protected override bool Counts(long right, long wrong, long missed) => right + missed > 0;
}
