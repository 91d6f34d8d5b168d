namespace Gradus.Nn;

/// <summary>A tensor that training changes. Its values are drawn when they are first needed, from a stream named by its path in the network.</summary>
public sealed class Parameter
{
    private readonly Shape _shape;
    private readonly Init? _init;
    private Tensor? _value;

    /// <summary>A parameter to be initialised with its network.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="init">How its first values are drawn.</param>
    public Parameter(Shape shape, Init init)
    {
        ArgumentNullException.ThrowIfNull(init);
        _shape = shape;
        _init = init;
    }

    /// <summary>A parameter that begins with these values. The tensor itself becomes the parameter.</summary>
    /// <exception cref="GradusException">The values are not floating point.</exception>
    public Parameter(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.RequireGrad();
        _shape = value.Shape;
    }

    /// <summary>The values. Reading them for the first time initialises the whole network that the parameter is part of.</summary>
    public Tensor Value
    {
        get
        {
            if (_value is null) EnsureValue();
            return _value!;
        }
    }

    /// <summary>The shape; known before there are values.</summary>
    public Shape Shape => _shape;

    /// <summary>The gradient that backward passes have left, or null.</summary>
    public Tensor? Grad
    {
        get => Value.Grad;
        set => Value.Grad = value;
    }

    /// <summary>Whether training leaves this parameter as it is: optimizers pass it over.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The module that registered the parameter first.</summary>
    internal Module? Owner { get; set; }

    internal bool HasValue => _value is not null;

    /// <summary>The parameter's values, wherever a tensor is wanted.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>A tensor as a parameter, so that optimizers take either.</summary>
    public static implicit operator Parameter(Tensor value) => new(value);

    /// <summary>Says in words why a loss gives this parameter no gradient, or one that is zero, or why the gradient it has does not train it.</summary>
    /// <param name="loss">Computes the loss.</param>
    public string WhyNoGradient(Func<Tensor> loss)
    {
        var words = Autograd.WhyNoGradient(Value, loss);
        return IsFrozen ? $"The parameter is frozen: optimizers pass it over, whatever its gradient. {words}" : words;
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() => $"Parameter {_shape}";

    /// <summary>Draws the values anew.</summary>
    internal void Draw(Generator generator, DType dtype)
    {
        // A tensor that was given, not described, keeps its values.
        if (_init is null) return;
        using var scope = TensorScope.Suspend();
        using var noGrad = GradMode.Disable();
        var values = _init.Create(_shape, generator).To(dtype);
        if (_value is null || _value.DType != dtype) _value = (values.IsContiguous ? values : values.Clone()).RequireGrad();
        else _value.CopyFrom(values);
    }

    /// <summary>Changes the element type.</summary>
    internal void Convert(DType dtype)
    {
        if (Value.DType == dtype) return;
        using var scope = TensorScope.Suspend();
        _value = Value.Detach().To(dtype).RequireGrad();
    }

    private void EnsureValue()
    {
        if (Owner is not null) Owner.Root.EnsureInitialized();
        // A parameter that belongs to no module, or to one whose network was initialised before it joined.
        if (_value is null) Draw(Generator.Default.Fork(FormattableString.Invariant($"parameter {Generator.Default.Position++}")), DType.Float32);
    }
}
