namespace Gradus.Training;

/// <summary>
/// Top-k accuracy: the fraction of samples whose class is among the k with the highest scores. Of equal scores, that of the lower class number ranks
/// higher.
/// </summary>
/// <param name="top">k, at least 1. Default: 1.</param>
/// <remarks>
/// Multiclass: scores [samples, classes] and labels [samples]. Binary: logits [samples] or [samples, 1], where above 0 means positive, and targets 0
/// or 1. Multilabel: logits and targets [samples, labels]; the accuracy is then the fraction of correct decisions over all samples and labels.
/// </remarks>
public sealed class Accuracy(int top = 1) : Metric
{
    private readonly int _top = top >= 1 ? top : throw new GradusException($"accuracy: top {top}, expected at least 1.");
    private long _right;
    private long _count;

    /// <inheritdoc/>
    public override double Value => (double)_right / _count;

    /// <inheritdoc/>
    public override void Add(Tensor predictions, Tensor targets)
    {
        if (Decisions.Of("accuracy", predictions, targets) is { } decisions) (predictions, targets) = decisions.AsClasses();
        var (scores, labels, classes) = Classified("accuracy", predictions, targets);
        var isUndecided = HasNaN(scores, classes);
        for (var sample = 0; sample < labels.Length; sample++)
        {
            // A score that is no number has no rank, and the others have none among all.
            if (isUndecided[sample]) continue;
            var row = scores.AsSpan(sample * classes, classes);
            var label = (int)labels[sample];
            var above = 0;
            for (var other = 0; other < classes; other++)
            {
                if (row[other] > row[label] || (row[other] == row[label] && other < label)) above++;
            }

            if (above < _top) _right++;
        }

        _count += labels.Length;
    }

    /// <inheritdoc/>
    public override void Reset() => (_right, _count) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => $"Accuracy({_top})";

    /// <inheritdoc/>
    protected override void MergeCore(Metric other)
    {
        _right += ((Accuracy)other)._right;
        _count += ((Accuracy)other)._count;
    }
}
