namespace Gradus.Nn;

/// <summary>Moves parameters against their gradients, a step at a time.</summary>
/// <remarks>
/// Gradients add up until <see cref="ZeroGrad"/>: to accumulate over k small batches, divide each loss by k, call Backward for each, and step once.
/// A parameter whose size the network's first input tells may be given before that input.
/// <para>One of your own derives from this class and writes the update of one parameter as Tensor arithmetic; learning rates, groups, weight decay, states
/// that are saved, element types, and frozen parameters are then as for those of the library:</para>
/// <code>
/// sealed record SignOptions() : OptimizerOptions(0.001);
///
/// sealed class SignDescent(IEnumerable&lt;Parameter&gt; parameters, SignOptions options) : Optimizer(parameters, options)
/// {
///     protected override Tensor Update(Tensor parameter, Tensor gradient, ParameterState state) =>
///         parameter - gradient.Sign() * state.LearningRate;
/// }
/// </code>
/// </remarks>
public abstract partial class Optimizer
{
    private readonly Parameter[] _parameters;
    private readonly ParameterState[] _states;

    /// <summary>An optimizer of these parameters.</summary>
    /// <param name="parameters">What it moves, each once.</param>
    /// <param name="options">Learning rate, weight decay and groups; a record of your own adds its settings to <see cref="OptimizerOptions"/>.</param>
    /// <param name="defaultDecay">The weight decay where the options have none. Default 0.</param>
    /// <exception cref="GradusException">
    /// There are no parameters, one is given twice or computed from others, a setting is out of range, or a group has no parameter.
    /// </exception>
    protected Optimizer(IEnumerable<Parameter> parameters, OptimizerOptions options, double defaultDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        _parameters = [.. parameters];
        if (_parameters.Length == 0) throw new GradusException($"{GetType().Name}: there are no parameters to train.");
        // Two parameters may hold one tensor; one whose size the first input tells has none yet.
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var parameter in _parameters)
        {
            ArgumentNullException.ThrowIfNull(parameter);
            parameter.RequireOwnValues(GetType().Name);
            if (!seen.Add(parameter.IsKnown ? parameter.Leaf : parameter))
            {
                throw new GradusException($"{GetType().Name}: {parameter} is given twice and would be moved twice.");
            }
        }

        LearningRate = options.LearningRate;
        var decay = options.WeightDecay ?? defaultDecay;
        Require(decay >= 0, "WeightDecay", decay, "at least 0");
        var names = ParameterNames.Of(_parameters);
        foreach (var group in options.Groups) RequireUsed(group, names);
        _states = [.. names.Zip(_parameters, (name, parameter) => StateOf(parameter, name, options, decay))];
    }

    /// <summary>The step size η, finite and at least 0; may be changed between steps, as a schedule does.</summary>
    /// <exception cref="GradusException">It is set to a number that is negative or not finite.</exception>
    public double LearningRate
    {
        get;
        set
        {
            Require(value >= 0, "LearningRate", value, "at least 0");
            field = value;
        }
    }

    /// <summary>How many steps were made.</summary>
    public long StepCount { get; private set; }

    /// <summary>The parameters, in the order in which they were given.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Whether steps go by the specification instead of the fused update, for tests.</summary>
    internal bool FollowsSpec { get; set; }

    /// <summary>How each parameter is treated, and what is kept of it.</summary>
    internal IReadOnlyList<ParameterState> States => _states;

    /// <summary>Clears the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in _parameters) parameter.Grad = null;
    }

    /// <summary>Moves every parameter that has a gradient and is not frozen.</summary>
    /// <remarks>After <see cref="Module.To"/> the states go on in the parameters' new element type.</remarks>
    /// <exception cref="GradusException">
    /// A gradient does not fit its parameter, or a parameter has come to be computed from others: nothing has moved.
    /// </exception>
    public void Step()
    {
        RequireStepWithoutLoss();
        Prepare();
        StepCount++;
        foreach (var state in _states)
        {
            if (state.Parameter.UsedGradient is not { } gradient) continue;
            if (state.Step++ == 0 && state.Tensors.Length == 0) Begin(state);
            if (FollowsSpec) UpdateByArithmetic(state, gradient);
            else UpdateFused(state, gradient);
        }
    }

    /// <summary>Clears the gradients, evaluates a loss, goes back from it, and steps.</summary>
    /// <param name="loss">Gives a tensor of one number that depends on the parameters. L-BFGS calls it several times.</param>
    /// <returns>The loss before the step.</returns>
    public virtual double Step(Func<Tensor> loss)
    {
        var value = Evaluate(loss);
        Step();
        return value;
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString()
    {
        var own = Describe();
        return FormattableString.Invariant($"{GetType().Name}({LearningRate}{(own.Length > 0 ? ", " : "")}{own})");
    }

    /// <summary>What stands behind the learning rate when the optimizer is printed.</summary>
    protected virtual string Describe() => "";

    /// <summary>For an optimizer that has to evaluate the loss: throws.</summary>
    private protected virtual void RequireStepWithoutLoss()
    {
    }

    private protected double Evaluate(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ZeroGrad();
        var value = loss();
        value.Backward();
        return value.Item();
    }

    private protected void CountStep() => StepCount++;

    /// <summary>Holds that a setting can be.</summary>
    /// <param name="holds">Whether it is in its range.</param>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">What it is.</param>
    /// <param name="range">What it may be, in words: <c>in [0, 1)</c>.</param>
    /// <param name="orInfinite">Whether it may be infinite. Default false.</param>
    /// <exception cref="GradusException">It is out of its range, or no finite number.</exception>
    protected static void Require(bool holds, string name, double value, string range, bool orInfinite = false)
    {
        if (!holds) throw new GradusException(FormattableString.Invariant($"optimizer: {name} is {value}, expected {range}."));
        if (!orInfinite && !double.IsFinite(value))
        {
            throw new GradusException(FormattableString.Invariant($"optimizer: {name} is {value}, expected a finite number."));
        }
    }

    /// <summary>Holds that all parameters can be moved, before any is, and brings their states to their element types.</summary>
    private protected void Prepare()
    {
        foreach (var state in _states) state.Prepare();
    }

    /// <summary>Refuses a group that no parameter is in: a name was mistyped, and what it asks for would silently not happen.</summary>
    private void RequireUsed(ParameterGroup group, string[] names)
    {
        Require(group.LearningRateFactor >= 0, "a group's LearningRateFactor", group.LearningRateFactor, "at least 0");
        if (group.MayBeEmpty || names.Zip(_parameters).Any(named => group.Matches(named.First, named.Second))) return;
        throw new GradusException($"{GetType().Name}: no parameter is in the group {group}; there are {PlainText.QuoteAll(names, 8)}.");
    }

    private ParameterState StateOf(Parameter parameter, string name, OptimizerOptions options, double decay)
    {
        var group = options.Groups.FirstOrDefault(group => group.Matches(name, parameter));
        if (!options.DecayBiasesAndNorms && parameter.Sizes.Rank < 2) decay = 0;
        decay = group?.WeightDecay ?? decay;
        Require(decay >= 0, "WeightDecay", decay, "at least 0");
        return new ParameterState(this, parameter, name, group?.LearningRateFactor ?? 1, decay);
    }
}
