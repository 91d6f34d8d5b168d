namespace Gradus.Nn;

/// <summary>Settings of <see cref="Lbfgs"/>. The learning rate, the first step length that a search tries, is 1 by default.</summary>
public sealed record LbfgsOptions() : OptimizerOptions(1)
{
    /// <summary>Iterations in a step. Default 20.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>Evaluations of the loss in a step; null, the default, for 5/4 of the iterations.</summary>
    public int? Evaluations { get; init; }

    /// <summary>Steps that the curvature is taken from. Default 100.</summary>
    public int History { get; init; } = 100;

    /// <summary>A step ends where no element of the gradient is greater. Default 1e-7.</summary>
    public double GradientTolerance { get; init; } = 1e-7;

    /// <summary>A step ends where neither parameters nor loss change more. Default 1e-9.</summary>
    public double ChangeTolerance { get; init; } = 1e-9;

    /// <summary>Whether each length is searched for until the strong Wolfe conditions hold; else it is the learning rate. Default true.</summary>
    public bool StrongWolfe { get; init; } = true;
}

/// <summary>
/// L-BFGS: steps along −H·g, where H, an inverse of the curvature, follows from the last changes of parameters and gradients. For whole-batch losses.
/// </summary>
/// <remarks>
/// Nocedal and Wright, "Numerical optimization", 2nd edition, 2006, algorithms 7.4 and 3.5; as PyTorch's, but with the line search by default. All
/// parameters are one vector; call <see cref="Step(Func{Tensor})"/>, since a step evaluates the loss several times. It has no weight decay and no groups.
/// </remarks>
public sealed class Lbfgs : Optimizer
{
    private readonly LbfgsOptions _options;
    private readonly List<(Tensor Change, Tensor GradientChange)> _history = [];
    private Tensor? _direction;
    private Tensor? _lastGradient;
    private double _lastLength;
    private double _scale = 1;

    /// <summary>An optimizer of these parameters.</summary>
    /// <exception cref="GradusException">A setting is out of range, or there are no parameters.</exception>
    public Lbfgs(IEnumerable<Parameter> parameters, LbfgsOptions? options = null) : base(parameters, options ?? new())
    {
        _options = options ?? new();
        Require(_options.Iterations >= 1, "Iterations", _options.Iterations, "at least 1");
        Require(_options.History >= 1, "History", _options.History, "at least 1");
        Require(_options.Evaluations is null or >= 1, "Evaluations", _options.Evaluations ?? 0, "at least 1");
        Require(_options.GradientTolerance >= 0, "GradientTolerance", _options.GradientTolerance, "at least 0");
        Require(_options.ChangeTolerance >= 0, "ChangeTolerance", _options.ChangeTolerance, "at least 0");
        Require(_options.WeightDecay is null or 0, "WeightDecay", _options.WeightDecay ?? 0, "none; add it to the loss");
        Require(_options.Groups.Count == 0, "Groups.Count", _options.Groups.Count, "0, for all parameters are one vector");
    }

    /// <inheritdoc/>
    public override double Step(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        using var suspended = TensorScope.Suspend();
        var limit = _options.Evaluations ?? (_options.Iterations * 5 / 4);
        var value = Evaluate(loss);
        Prepare();
        CountStep();
        var first = value;
        var evaluations = 1;
        var gradient = Gradient();
        if (Greatest(gradient) <= _options.GradientTolerance) return first;
        for (var iteration = 0; iteration < _options.Iterations; iteration++)
        {
            using var mode = GradMode.Disable();
            Turn(gradient);
            var (before, valueBefore) = (Point(), value);
            _lastLength = _lastLength == 0 ? Math.Min(1, 1 / gradient.Abs().Sum().Item()) * LearningRate : LearningRate;
            _lastGradient = gradient;
            var slope = Dot(gradient, _direction!);
            if (slope > -_options.ChangeTolerance) break;
            if (_options.StrongWolfe)
            {
                var search = new StrongWolfe(length => At(loss, before, length), _options.ChangeTolerance, limit: 25)
                    .Run(_direction!, new(_lastLength, value, gradient, slope));
                (_lastLength, value, gradient) = (search.Length, search.Value, search.Gradient);
                evaluations += search.Evaluations;
                Move(before, _lastLength);
            }
            else
            {
                Move(before, _lastLength);
                if (iteration + 1 < _options.Iterations)
                {
                    (value, gradient) = At(loss, before, _lastLength);
                    evaluations++;
                }
            }

            if (evaluations >= limit || Greatest(gradient) <= _options.GradientTolerance) break;
            if (Greatest(_direction!) * _lastLength <= _options.ChangeTolerance || Math.Abs(value - valueBefore) < _options.ChangeTolerance) break;
        }

        return first;
    }

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"history {_options.History}{(_options.StrongWolfe ? ", strong Wolfe" : "")}");

    private protected override void RequireStepWithoutLoss() =>
        throw new GradusException("Lbfgs: a step evaluates the loss several times. Call Step(() => loss), which also goes back from it.");

    /// <inheritdoc/>
    protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state) => throw new NotSupportedException();

    private protected override void SaveMore(IDictionary<string, Tensor> saved)
    {
        if (_direction is null) return;
        saved.Add("direction", _direction);
        saved.Add("last_gradient", _lastGradient!);
        saved.Add("last_length", Tensor.Scalar(_lastLength));
        saved.Add("scale", Tensor.Scalar(_scale));
        if (_history.Count == 0) return;
        saved.Add("changes", Tensor.Stack([.. _history.Select(static pair => pair.Change)]));
        saved.Add("gradient_changes", Tensor.Stack([.. _history.Select(static pair => pair.GradientChange)]));
    }

    private protected override Action LoadMore(IReadOnlyDictionary<string, Tensor> saved, ISet<string> known, IList<string> faults)
    {
        string[] names = ["direction", "last_gradient", "last_length", "scale"];
        known.UnionWith([.. names, "changes", "gradient_changes"]);
        if (!names.Append("changes").Append("gradient_changes").Any(saved.ContainsKey)) return () => Forget();
        var count = Parameters.Sum(static parameter => parameter.Shape.ElementCount);
        var numbers = new SavedNumbers(saved, faults);
        var length = numbers.Real("last_length", double.IsFinite, "a finite number");
        var scale = numbers.Real("scale", double.IsFinite, "a finite number");
        foreach (var name in names[..2])
        {
            if (!saved.TryGetValue(name, out var vector)) faults.Add($"{name} is missing");
            else if (vector.Rank != 1 || vector.Count != count || !vector.DType.IsFloat) faults.Add($"{name} is {vector.Describe()}, expected [{count}]");
        }

        // Both or neither: there are none before the second step.
        var hasChanges = saved.TryGetValue("changes", out var changes);
        if (hasChanges != saved.TryGetValue("gradient_changes", out var gradientChanges))
        {
            faults.Add($"{(hasChanges ? "gradient_changes" : "changes")} is missing");
        }

        foreach (var (name, rows) in new[] { ("changes", changes), ("gradient_changes", gradientChanges) })
        {
            if (rows is not null && (rows.Rank != 2 || rows.Shape[0] is 0 || rows.Shape[0] > _options.History || rows.Shape[1] != count || !rows.DType.IsFloat))
            {
                faults.Add($"{name} is {rows.Describe()}, expected [1 … {_options.History},{count}]");
            }
        }

        if (changes is not null && gradientChanges is not null && changes.Shape != gradientChanges.Shape)
        {
            faults.Add($"changes is {changes.Shape}, gradient_changes {gradientChanges.Shape}; they must have the same shape");
        }

        return () =>
        {
            Forget();
            (_direction, _lastGradient) = (saved["direction"].Clone(), saved["last_gradient"].Clone());
            (_lastLength, _scale) = (length, scale);
            for (var index = 0; index < (changes?.Shape[0] ?? 0); index++)
            {
                _history.Add((changes!.Select(0, index).Clone(), gradientChanges!.Select(0, index).Clone()));
            }

        };
    }

    private static double Dot(Tensor x, Tensor y) => (x * y).Sum().Item();

    private static double Greatest(Tensor x) => x.Abs().AMax().Item();

    private void Forget()
    {
        _history.Clear();
        (_direction, _lastGradient, _lastLength, _scale) = (null, null, 0, 1);
    }

    /// <summary>Takes up the last change, if the curvature along it is positive, and computes the direction −H·g by the two-loop recursion.</summary>
    private void Turn(Tensor gradient)
    {
        if (_direction is null)
        {
            _direction = -gradient;
            return;
        }

        var (change, gradientChange) = (_direction * _lastLength, gradient - _lastGradient!);
        var curvature = Dot(gradientChange, change);
        if (curvature > 1e-10)
        {
            if (_history.Count == _options.History) _history.RemoveAt(0);
            _history.Add((change, gradientChange));
            _scale = curvature / Dot(gradientChange, gradientChange);
        }

        var direction = -gradient;
        var shares = new double[_history.Count];
        for (var index = _history.Count - 1; index >= 0; index--)
        {
            var (s, y) = _history[index];
            shares[index] = Dot(s, direction) / Dot(y, s);
            direction -= y * shares[index];
        }

        direction *= _scale;
        for (var index = 0; index < _history.Count; index++)
        {
            var (s, y) = _history[index];
            direction += s * (shares[index] - (Dot(y, direction) / Dot(y, s)));
        }

        _direction = WithoutFrozen(direction);
    }

    /// <summary>A direction with 0 for frozen parameters: the curvature from before they were frozen would move them.</summary>
    private Tensor WithoutFrozen(Tensor direction) => Parameters.Any(static parameter => parameter.IsFrozen)
        ? Tensor.Concat([.. Parts(direction).Select(static part => part.Parameter.IsFrozen ? Tensor.ZerosLike(part.Values) : part.Values)])
        : direction;

    private (double Value, Tensor Gradient) At(Func<Tensor> loss, Tensor from, double length)
    {
        Move(from, length);
        using var mode = GradMode.Set(true);
        var value = Evaluate(loss);
        using var off = GradMode.Disable();
        return (value, Gradient());
    }

    private Tensor Point() => Tensor.Concat([.. States.Select(static state => state.Parameter.Value.Detach().Reshape(-1))]);

    private Tensor Gradient() =>
        Tensor.Concat([.. States.Select(static state => (state.Parameter.UsedGradient ?? Tensor.ZerosLike(state.Parameter.Value)).Reshape(-1))]);

    private void Move(Tensor from, double length)
    {
        foreach (var (parameter, values) in Parts(from + (_direction! * length)))
        {
            if (!parameter.IsFrozen) parameter.Leaf.CopyFrom(values.Reshape(parameter.Shape));
        }
    }

    /// <summary>The part of a vector of all parameters that is of each.</summary>
    private IEnumerable<(Parameter Parameter, Tensor Values)> Parts(Tensor vector)
    {
        var start = 0;
        foreach (var parameter in Parameters)
        {
            var count = checked((int)parameter.Shape.ElementCount);
            yield return (parameter, vector.Slice(0, start, count));
            start += count;
        }
    }
}
