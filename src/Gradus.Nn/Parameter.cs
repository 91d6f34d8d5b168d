namespace Gradus.Nn;

/// <summary>A tensor that training changes. Its values are drawn when they are first needed, from a stream named by its path in the network.</summary>
public sealed class Parameter
{
    private readonly Init? _init;
    private readonly PendingShape _shape;
    private Tensor? _value;

    // The values without their place in the graph, as long as the parameter is frozen.
    private Tensor? _still;
    private Func<Tensor>? _computed;
    private DType _dtype = DType.Float32;

    /// <summary>A parameter to be initialized with its network.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="init">How its first values are drawn.</param>
    public Parameter(Shape shape, Init init) : this(PendingShape.Of(shape), init)
    {
    }

    /// <summary>A parameter that begins with these values. The tensor itself becomes the parameter.</summary>
    /// <exception cref="GradusException">The values are not floating point.</exception>
    public Parameter(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.RequireGrad();
        _shape = PendingShape.Of(value.Shape);
    }

    /// <summary>A parameter one of whose sizes may be learnt from the first input.</summary>
    internal Parameter(PendingShape shape, Init init)
    {
        ArgumentNullException.ThrowIfNull(init);
        (_shape, _init) = (shape, init);
    }

    /// <summary>
    /// The values; of a frozen parameter as a constant. Reading them for the first time initializes the whole network that the parameter is part of.
    /// </summary>
    /// <exception cref="GradusException">
    /// The shape is not known before the network's first input, or a module reads a parameter that none has registered.
    /// </exception>
    public Tensor Value
    {
        get
        {
            if (Substitutes.Current is { } substitutes && substitutes.TryGetValue(this, out var substitute)) return substitute;
            if (_computed is not null) return _computed();
            if (Owner is null && ModuleCall.Innermost is { } reader) throw Unregistered(reader);
            return IsFrozen ? Still : Leaf;
        }
    }

    /// <summary>The shape; known before there are values, unless it depends on the first input.</summary>
    /// <exception cref="GradusException">The shape is not known before the network's first input.</exception>
    public Shape Shape => _shape.Known ?? throw Unknown();

    /// <summary>The gradient that backward passes have left, or null.</summary>
    public Tensor? Grad
    {
        get => IsKnown ? Graded.Grad : null;
        set
        {
            if (IsKnown || value is not null) Graded.Grad = value;
        }
    }

    /// <summary>Whether training leaves this parameter as it is: backward passes compute no gradient of it, optimizers and clipping pass it over.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The values as a leaf of the graph, where gradients gather, frozen or not.</summary>
    internal Tensor Leaf
    {
        get
        {
            if (_value is null) EnsureValue();
            return _value!;
        }
    }

    /// <summary>The module that registered the parameter first.</summary>
    internal Module? Owner { get; set; }

    /// <summary>The element type of the values, also where they are not drawn yet.</summary>
    internal DType DType
    {
        get => _value?.DType ?? _dtype;
        init => _dtype = value;
    }

    /// <summary>How the first values are drawn; null where they were given.</summary>
    internal Init? Init => _init;

    /// <summary>Whether the values are computed from other parameters, which are the ones to train.</summary>
    internal bool IsComputed => _computed is not null;

    /// <summary>Refuses a parameter that is computed from others: what is written into its values is lost.</summary>
    internal void RequireOwnValues(string operation)
    {
        if (_computed is null) return;
        throw new GradusException(
            $"{operation}: {ParameterNames.Of(this)} is computed from other parameters, which are trained in its place. " +
            "Make optimizers and averages of model.Parameters(), which has those.");
    }

    internal bool HasValue => _value is not null;

    /// <summary>
    /// The gradient that steps and clipping go by, if backward passes have left one. None is used of a parameter that is frozen or computed from others.
    /// </summary>
    internal Tensor? UsedGradient => IsFrozen || _computed is not null ? null : _value?.Node!.Kept.Peek();

    /// <summary>Puts another gradient in place for a while; the one that was there is given back by a second exchange.</summary>
    internal (Tensor? Gradient, bool IsShown) ExchangeGradient((Tensor? Gradient, bool IsShown) other) => Leaf.Node!.Kept.Exchange(other);

    /// <summary>Whether the shape, and all that the first values depend on, is known.</summary>
    internal bool IsKnown => _value is not null || (_shape.Known is not null && _init is not IDependentInit { Source.IsKnown: false });

    /// <summary>The sizes as they are printed, an unknown one as "?".</summary>
    internal PendingShape Sizes => _shape;

    /// <summary>The parameter's values, wherever a tensor is wanted.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>A tensor that requires a gradient as a parameter, so that optimizers take either.</summary>
    /// <exception cref="GradusException">The tensor requires no gradient; a conversion does not change that.</exception>
    public static implicit operator Parameter(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Node is not null ? new(value) : throw new GradusException(
            $"parameter: {value.Describe()} requires no gradient. Call RequireGrad() on it, or make a parameter of it by new Parameter(tensor).");
    }

    /// <summary>Says in words why a loss gives this parameter no gradient, or one that is zero, or why the gradient it has does not train it.</summary>
    /// <param name="loss">Computes the loss.</param>
    public string WhyNoGradient(Func<Tensor> loss)
    {
        var wasFrozen = IsFrozen;
        IsFrozen = false;
        try
        {
            var value = Value;
            var words = Autograd.WhyNoGradient(value, Owner?.Root.NameOf(this) is { } path ? $"{path} ({value.Describe()})" : value.Describe(), loss);
            return wasFrozen
                ? $"The parameter is frozen: no gradient of it is computed, and optimizers pass it over. Unfreeze it if it is to learn. Otherwise: {words}"
                : words;
        }
        finally
        {
            IsFrozen = wasFrozen;
        }
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() => $"Parameter {_shape}";

    /// <summary>Draws the values anew.</summary>
    internal void Draw(Generator generator)
    {
        // A tensor that was given, not described, keeps its values.
        if (_init is null) return;
        using var scope = TensorScope.Suspend();
        using var noGrad = GradMode.Disable();
        var values = _init.Create(Shape, generator);
        if (values is null || values.Shape != Shape) throw Misfit(values);
        // Copied: an initialization may give values that it keeps.
        if (_value is null) _value = values.Detach().To(_dtype).Clone().RequireGrad();
        else _value.CopyFrom(values.Detach());
    }

    /// <summary>Changes the element type.</summary>
    internal void Convert(DType dtype)
    {
        _dtype = dtype;
        if (!IsKnown || Leaf.DType == dtype) return;
        using var scope = TensorScope.Suspend();
        using var noGrad = GradMode.Disable();
        var gradient = Leaf.Node!.Kept.Peek();
        (_value, _still) = (Leaf.Detach().To(dtype).RequireGrad(), null);
        _value.Grad = gradient?.To(dtype);
    }

    /// <summary>Takes values over; a shape that was not known becomes theirs.</summary>
    internal void Load(Tensor values)
    {
        _shape.Settle(values.Shape);
        if (!HasValue && _init is not null)
        {
            using var scope = TensorScope.Suspend();
            using var noGrad = GradMode.Disable();
            _value = values.Detach().To(_dtype).Clone().RequireGrad();
        }
        else
        {
            Leaf.Detach().CopyFrom(values);
        }
    }

    /// <summary>
    /// From now on the values are computed from other parameters, at each reading; with null, they are its own again, as they were computed last.
    /// </summary>
    internal void ComputeBy(Func<Tensor>? computed)
    {
        using var scope = TensorScope.Suspend();
        using var noGrad = GradMode.Disable();
        (_value, _still) = (computed is null ? Value.Clone().RequireGrad() : null, null);
        _computed = computed;
    }

    /// <summary>Where the gradient is.</summary>
    private Tensor Graded => IsFrozen && _computed is null && Substitutes.Current?.ContainsKey(this) != true ? Leaf : Value;

    /// <summary>The values as a constant, over the same memory.</summary>
    private Tensor Still
    {
        get
        {
            if (_still is { } still) return still;
            using var scope = TensorScope.Suspend();
            return _still = Leaf.Detach();
        }
    }

    private void EnsureValue()
    {
        lock (Module.Drawing) DrawValue();
    }

    private void DrawValue()
    {
        if (_value is not null) return;
        if (!IsKnown) throw Unknown();
        if (Owner is not null) Owner.Root.EnsureInitialized();
        // One whose shape the first input told, or that joined a network after it was initialized.
        if (_value is null && Owner is not null) Owner.Root.DrawLate(this);
        if (_value is null) Draw(Generator.Default.Fork(FormattableString.Invariant($"parameter {Generator.Default.Position++}")));
    }

    private GradusException Unregistered(Module reader) =>
        new($"{reader.GetType().Name}: it reads a parameter {_shape} that is not registered, so it would not be trained or saved. " +
            "Assign it to a property whose setter calls Register, or hold it in a ParameterList.");

    private GradusException Misfit(Tensor? values) =>
        new($"init: {_init} gave {values?.Describe() ?? "null"} for {ParameterNames.Of(this)}, expected {Shape}. Create is to give the shape it is asked for.");

    private GradusException Unknown() =>
        new(
            $"parameter {Owner?.Root.NameOf(this) ?? ""}{_shape}: its shape is not known before the network's first input. " +
            "Call Forward once, load a state, or give the layer its input size.");
}
