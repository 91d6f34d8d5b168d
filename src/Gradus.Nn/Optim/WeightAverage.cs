namespace Gradus.Nn;

/// <summary>The average of a network's weights over the steps of its training, which often does better than the last weights.</summary>
/// <remarks>
/// Call <see cref="Update"/> after each optimizer step, and <see cref="Swap"/> before and after an evaluation. The running statistics of batch norm belong
/// to the weights they were taken with: after the last swap, take them anew with <see cref="StatisticsExtensions.RecomputeStatistics"/>. After
/// <see cref="Module.To"/> the averages go on in the weights' new element type, and those of weights of a half type in f32, since small changes vanish in
/// one; only a swap rounds them.
/// </remarks>
public sealed class WeightAverage
{
    private readonly Parameter[] _parameters;
    private readonly Tensor[] _averages;
    private readonly double? _decay;

    private WeightAverage(IEnumerable<Parameter> parameters, double? decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters];
        _decay = decay;
        RequireOwnValues();
        _averages = [.. _parameters.Select(FirstOf)];
    }

    /// <summary>How many updates there were.</summary>
    public long Count { get; private set; }

    /// <summary>The averages, in the order of the parameters.</summary>
    public IReadOnlyList<Tensor> Averages => _averages;

    /// <summary>The exponential moving average (EMA): a ← decay·a + (1 − decay)·w, beginning with the weights as they are now.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="decay">In [0, 1). Default 0.999.</param>
    /// <exception cref="GradusException">The decay is out of range.</exception>
    public static WeightAverage Exponential(IEnumerable<Parameter> parameters, double decay = 0.999)
    {
        if (!(decay is >= 0 and < 1)) throw new GradusException(FormattableString.Invariant($"weightAverage: the decay is {decay}, expected in [0, 1)."));
        return new WeightAverage(parameters, decay);
    }

    /// <summary>The plain mean of the weights at all updates: stochastic weight averaging (SWA), usually once an epoch near the end.</summary>
    /// <remarks>
    /// Izmailov et al., "Averaging weights leads to wider optima and better generalization", 2018. After a million updates a share of 1/n of a change of some
    /// hundredths is below float32's last digit, and the mean of float32 weights stays as it is; float64 weights have float64 averages.
    /// </remarks>
    public static WeightAverage Equal(IEnumerable<Parameter> parameters) => new(parameters, null);

    /// <summary>Takes the weights as they are now into the average.</summary>
    /// <exception cref="GradusException">A weight has come to be computed from others: nothing changes.</exception>
    public void Update()
    {
        Follow();
        Count++;
        var share = _decay is { } decay ? 1 - decay : 1.0 / Count;
        using var scope = new TensorScope();
        using var mode = GradMode.Disable();
        foreach (var (parameter, average) in _parameters.Zip(_averages)) UpdateKernels.Average(average, parameter.Leaf.To(average.DType), share);
    }

    /// <summary>Exchanges weights and averages.</summary>
    /// <exception cref="GradusException">A weight has come to be computed from others: nothing changes.</exception>
    public void Swap()
    {
        Follow();
        foreach (var (parameter, average) in _parameters.Zip(_averages)) Companion.Swap(average, parameter);
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() => _decay is { } decay ? FormattableString.Invariant($"WeightAverage.Exponential({decay})") : "WeightAverage.Equal()";

    /// <summary>The averages by the parameters' names, and the number of updates.</summary>
    /// <exception cref="GradusException">A weight has come to be computed from others.</exception>
    public IReadOnlyDictionary<string, Tensor> State()
    {
        RequireOwnValues();
        var state = new OrderedDictionary<string, Tensor> { ["count"] = Tensor.Scalar(Count) };
        foreach (var (name, average) in ParameterNames.Of(_parameters).Zip(_averages)) state.Add($"{name}.average", average);
        return state;
    }

    /// <summary>Takes up what <see cref="State"/> gave. Nothing is changed unless all of it fits.</summary>
    /// <exception cref="GradusException">
    /// A name is missing, unknown, or of another shape, or the count cannot be; all such names are listed. Or a weight has come to be computed from others.
    /// </exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        RequireOwnValues();
        var faults = new List<string>();
        var count = new SavedNumbers(state, faults).Whole("count");
        var names = ParameterNames.Of(_parameters).Select(static name => $"{name}.average").ToArray();
        foreach (var (name, average) in names.Zip(_averages))
        {
            if (!state.TryGetValue(name, out var value)) faults.Add($"{PlainText.Quote(name)} is missing");
            else if (value.Shape != average.Shape || !value.DType.IsFloat)
            {
                faults.Add($"{PlainText.Quote(name)} is {value.Describe()}, expected {average.Describe()}");
            }
        }

        faults.AddRange(state.Keys.Except(names).Where(static name => name != "count").Select(static name => $"{PlainText.Quote(name)} is unknown"));
        if (faults.Count > 0)
        {
            var more = faults.Count > 8 ? $"; and {faults.Count - 8} more" : "";
            throw new GradusException($"state: it does not fit WeightAverage: {string.Join("; ", faults.Take(8))}{more}.");
        }

        foreach (var (name, average) in names.Zip(_averages)) average.CopyFrom(state[name]);
        Count = count;
    }

    /// <summary>The values that an average begins with.</summary>
    private static Tensor FirstOf(Parameter parameter)
    {
        using var scope = TensorScope.Suspend();
        using var mode = GradMode.Disable();
        var values = parameter.Leaf.Detach();
        return values.DType.IsHalf ? values.To(DType.Float32) : values.Clone();
    }

    /// <summary>Brings the averages to the weights' element types.</summary>
    private void Follow()
    {
        RequireOwnValues();
        for (var index = 0; index < _parameters.Length; index++) _averages[index] = Companion.Follow(_averages[index], _parameters[index]);
    }

    private void RequireOwnValues()
    {
        foreach (var parameter in _parameters) parameter.RequireOwnValues("weightAverage");
    }
}
