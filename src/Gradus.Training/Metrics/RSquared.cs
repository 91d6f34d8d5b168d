namespace Gradus.Training;

/// <summary>R², the coefficient of determination: 1 − Σ(ŷ − y)² / Σ(y − ȳ)² over all elements. Predictions and targets have one shape.</summary>
/// <remarks>Equal targets give NaN. Sums of squares are updated as by Chan, Golub and LeVeque, 1979, since Σy² − nȳ² would lose digits.</remarks>
public sealed class RSquared : Metric
{
    private double _errors;
    private double _mean;
    private double _spread;
    private long _count;

    /// <inheritdoc/>
    public override double Value => _count == 0 || _spread == 0 ? double.NaN : 1 - (_errors / _spread);

    /// <inheritdoc/>
    public override void Add(Tensor predictions, Tensor targets)
    {
        RequireSameShape("rSquared", predictions, targets);
        var predicted = predictions.Detach().To(DType.Float64).ToArray<double>();
        var wanted = targets.Detach().To(DType.Float64).ToArray<double>();
        for (var index = 0; index < wanted.Length; index++)
        {
            var error = predicted[index] - wanted[index];
            Take(error * error, wanted[index], 0, 1);
        }
    }

    /// <inheritdoc/>
    public override void Reset() => (_errors, _mean, _spread, _count) = (0, 0, 0, 0);

    /// <inheritdoc/>
    protected override void MergeCore(Metric other)
    {
        var more = (RSquared)other;
        if (more._count > 0) Take(more._errors, more._mean, more._spread, more._count);
    }

    private void Take(double errors, double mean, double spread, long count)
    {
        var (distance, total) = (mean - _mean, _count + count);
        _errors += errors;
        _spread += spread + (distance * distance * _count * count / total);
        _mean += distance * count / total;
        _count = total;
    }
}
