namespace Gradus.Nn;

/// <summary>A parameter that is computed from others, which are trained and saved in its place.</summary>
/// <remarks>
/// One of your own derives from this class: its constructor names what is trained, <see cref="Compute"/> makes the parameter's values of it.
/// <code>
/// sealed class Symmetric : Parametrization
/// {
///     private readonly Parameter _half;
///
///     public Symmetric(Module module, string name = "weight") : base(module, name) => _half = Train("half", LikeTarget());
///
///     protected override Tensor Compute() => (_half.Value + _half.Value.Transpose()) / 2;
/// }
///
/// var layer = new Linear(3, 3);
/// new Symmetric(layer).Apply();
/// </code>
/// Make the optimizer after that, of <c>model.Parameters()</c>, which has what is trained. To load a state, apply it first, as it was when the state was saved.
/// </remarks>
public abstract class Parametrization
{
    // Deeper than parameters that are computed from computed ones, and far from the end of the stack.
    private const int Deepest = 50;

    [ThreadStatic]
    private static int t_depth;

    private readonly List<(string Name, Parameter Parameter)> _parameters = [];
    private readonly List<(string Name, ModuleBuffer Buffer)> _buffers = [];
    private readonly Module _module;

    /// <summary>A way to compute a parameter; nothing is changed before <see cref="Apply"/>.</summary>
    /// <param name="module">The module that registered the parameter.</param>
    /// <param name="name">The state's name of the parameter: <c>weight</c>.</param>
    /// <exception cref="GradusException">The module has no such parameter.</exception>
    protected Parametrization(Module module, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        (_module, Name, Target) = (module, name, module.OwnParameter(name));
    }

    /// <summary>The parameter's name in its module.</summary>
    public string Name { get; }

    /// <summary>The parameter that is computed.</summary>
    public Parameter Target { get; }

    /// <summary>What is trained instead, by name, in the order in which it is drawn.</summary>
    internal IReadOnlyList<(string Name, Parameter Parameter)> Parameters => _parameters;

    /// <summary>What is saved beside.</summary>
    internal IReadOnlyList<(string Name, ModuleBuffer Buffer)> Buffers => _buffers;

    /// <summary>Whether something is kept up to date in training alone.</summary>
    internal bool IsKeptUpToDate => DiffersInTraining;

    /// <summary>Whether the values depend on <see cref="Refresh"/>, so that the module behaves otherwise in training than in use. Default false.</summary>
    protected virtual bool DiffersInTraining => false;

    /// <summary>Has the parameter computed from now on: what is trained takes its place in the module.</summary>
    /// <exception cref="GradusException">
    /// It is applied already, nothing is trained instead, a name is taken, or the values that are computed are of another shape: nothing has changed. Where
    /// the network has no values yet, their shape is looked at when they are first read.
    /// </exception>
    public void Apply()
    {
        _module.RequireApplicable(this);
        if (_parameters.TrueForAll(static part => part.Parameter.HasValue))
        {
            using var noGrad = GradMode.Disable();
            using var scope = new TensorScope();
            Evaluate();
        }

        _module.Parametrize(this);
    }

    /// <summary>Makes the parameter one again, with the values it has now.</summary>
    /// <exception cref="GradusException">It is not applied.</exception>
    public void Remove()
    {
        if (!_module.Unparametrize(this)) throw new GradusException($"{this}: it is not applied. Call Apply before Remove.");
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() => $"{GetType().Name}({_module.GetType().Name}, {PlainText.Quote(Name)})";

    /// <summary>The parameter's values, from what is trained; of the parameter's shape, and differentiable. It is called at each reading.</summary>
    protected abstract Tensor Compute();

    /// <summary>Brings what is kept up to date, before each call of the module in training. Default: nothing.</summary>
    protected virtual void Refresh()
    {
    }

    /// <summary>Names what is trained in the parameter's place: <c>weight_half</c>. Call it in the constructor.</summary>
    /// <param name="suffix">What stands behind the parameter's name.</param>
    /// <param name="parameter">What is trained.</param>
    /// <returns>The same parameter.</returns>
    /// <exception cref="GradusException">The suffix is taken.</exception>
    protected Parameter Train(string suffix, Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        _parameters.Add((NewName(suffix), parameter));
        return parameter;
    }

    /// <summary>Names a tensor that is saved and loaded beside, but not trained: <c>weight_u</c>. Call it in the constructor.</summary>
    /// <param name="suffix">What stands behind the parameter's name.</param>
    /// <param name="buffer">The tensor.</param>
    /// <returns>The same buffer.</returns>
    /// <exception cref="GradusException">The suffix is taken.</exception>
    protected ModuleBuffer Keep(string suffix, ModuleBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        _buffers.Add((NewName(suffix), buffer));
        return buffer;
    }

    /// <summary>
    /// A new parameter that begins as the one that is computed: with its values, or drawn as it would be, also where its shape is learnt later.
    /// </summary>
    protected Parameter LikeTarget()
    {
        var like = Target.Init is { } init ? new Parameter(Target.Sizes, init) { DType = Target.DType } : new Parameter(Target.Value.Detach().Clone());
        if (Target.HasValue) like.Load(Target.Value);
        return like;
    }

    /// <summary>The values, held to be the parameter's.</summary>
    internal Tensor Evaluate()
    {
        if (t_depth >= Deepest)
        {
            throw new GradusException($"{this}: Compute reads the parameter that it computes. Read what Train returned instead: LikeTarget has its values.");
        }

        t_depth++;
        try
        {
            var values = Compute();
            if (values is not null && Target.Sizes.Fits(values.Shape) && values.DType.IsFloat) return values;
            throw new GradusException($"{this}: Compute gave {values?.Describe() ?? "null"}, expected {Target.Sizes}, the parameter's shape.");
        }
        finally
        {
            t_depth--;
        }
    }

    internal void BringUpToDate() => Refresh();

    private string NewName(string suffix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(suffix);
        var name = $"{Name}_{suffix}";
        return !_parameters.Exists(entry => entry.Name == name) && !_buffers.Exists(entry => entry.Name == name)
            ? name
            : throw new GradusException($"{this}: {PlainText.Quote(name)} is there twice. Give each Train and Keep a suffix of its own.");
    }
}
