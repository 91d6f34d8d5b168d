namespace Gradus.Nn;

/// <summary>Settings of <see cref="ReduceOnPlateau"/>.</summary>
public sealed record ReduceOnPlateauOptions
{
    /// <summary>Whether the metric is to grow, as an accuracy, instead of falling, as a loss. Default false.</summary>
    public bool Maximize { get; init; }

    /// <summary>What the factor is multiplied by, in (0, 1). Default 0.1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>How many times in a row the metric may be no better before the factor falls. Default 10.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How much better counts: a share of the best value's size or, with <see cref="IsAbsolute"/>, an amount. At least 0. Default 0.0001.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Whether the threshold is an amount, not a share. Default false.</summary>
    public bool IsAbsolute { get; init; }

    /// <summary>How many times after a fall nothing is counted. At least 0. Default 0.</summary>
    public int Cooldown { get; init; }

    /// <summary>The least factor, in [0, 1]. Default 0.</summary>
    public double Least { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ReduceOnPlateauOptions), PrintMembers);
}

/// <summary>
/// A factor of the learning rate that falls when a metric has stopped getting better. It follows what was measured, so, unlike a <see cref="Schedule"/>,
/// it has a state.
/// </summary>
public sealed class ReduceOnPlateau
{
    private readonly ReduceOnPlateauOptions _options;
    private double? _best;
    private long _worse;
    private long _cooldown;

    /// <summary>Begins with a factor of 1.</summary>
    /// <exception cref="GradusException">A setting is out of range.</exception>
    public ReduceOnPlateau(ReduceOnPlateauOptions? options = null)
    {
        _options = options ?? new();
        if (!(_options.Factor is > 0 and < 1))
        {
            throw new GradusException(FormattableString.Invariant($"reduceOnPlateau: Factor is {_options.Factor}, expected in (0, 1)."));
        }

        if (_options.Patience < 0)
        {
            throw new GradusException(FormattableString.Invariant($"reduceOnPlateau: Patience is {_options.Patience}, expected at least 0."));
        }

        if (_options.Cooldown < 0)
        {
            throw new GradusException(FormattableString.Invariant($"reduceOnPlateau: Cooldown is {_options.Cooldown}, expected at least 0."));
        }

        if (!(_options.Threshold >= 0 && double.IsFinite(_options.Threshold)))
        {
            throw new GradusException(FormattableString.Invariant($"reduceOnPlateau: Threshold is {_options.Threshold}, expected a finite number at least 0."));
        }

        if (!(_options.Least is >= 0 and <= 1))
        {
            throw new GradusException(FormattableString.Invariant($"reduceOnPlateau: Least is {_options.Least}, expected in [0, 1]."));
        }
    }

    /// <summary>What the learning rate is to be multiplied by.</summary>
    public double Factor { get; private set; } = 1;

    /// <summary>Takes a new value of the metric, usually once an epoch. It may have either sign; one that is NaN is no better than any.</summary>
    /// <returns>The factor.</returns>
    public double Update(double metric)
    {
        if (IsBetter(metric)) (_best, _worse) = (metric, 0);
        else _worse++;
        if (_cooldown > 0) (_cooldown, _worse) = (_cooldown - 1, 0);
        if (_worse > _options.Patience)
        {
            Factor = Math.Max(Factor * _options.Factor, _options.Least);
            (_cooldown, _worse) = (_options.Cooldown, 0);
        }

        return Factor;
    }

    /// <summary>What is remembered, to take it up later.</summary>
    public IReadOnlyDictionary<string, Tensor> State() => new Dictionary<string, Tensor>
    {
        ["factor"] = Tensor.Scalar(Factor),
        ["best"] = Tensor.Scalar(_best ?? double.NaN),
        ["worse"] = Tensor.Scalar(_worse),
        ["cooldown"] = Tensor.Scalar(_cooldown),
    };

    /// <summary>Takes up what <see cref="State"/> gave. Nothing is changed unless all of it fits.</summary>
    /// <exception cref="GradusException">A name is missing, or a value cannot be.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var faults = new List<string>();
        var numbers = new SavedNumbers(state, faults);
        var factor = numbers.Real("factor", static value => value is >= 0 and <= 1, "in [0, 1]");
        var best = numbers.Real("best", static _ => true, "a number");
        var (worse, cooldown) = (numbers.Whole("worse"), numbers.Whole("cooldown"));
        if (faults.Count > 0) throw new GradusException($"state: it does not fit ReduceOnPlateau: {string.Join("; ", faults)}.");
        (Factor, _best, _worse, _cooldown) = (factor, double.IsNaN(best) ? null : best, worse, cooldown);
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() => FormattableString.Invariant($"ReduceOnPlateau({_options.Factor}, patience {_options.Patience})");

    private bool IsBetter(double metric)
    {
        if (_best is not { } best) return !double.IsNaN(metric);
        var sign = _options.Maximize ? 1 : -1;
        // A share of a negative best value lies on the other side of it.
        var bound = _options.IsAbsolute ? best + (sign * _options.Threshold) : best * (1 + (sign * (best < 0 ? -1 : 1) * _options.Threshold));
        return _options.Maximize ? metric > bound : metric < bound;
    }
}
