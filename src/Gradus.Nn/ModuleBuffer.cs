namespace Gradus.Nn;

/// <summary>A tensor that belongs to a module and is saved with it, but is not trained: a running mean.</summary>
public sealed class ModuleBuffer
{
    private readonly PendingShape _shape;
    private readonly double _fill;
    private DType _dtype = DType.Float32;
    private Tensor? _value;

    /// <summary>A buffer with its first values.</summary>
    public ModuleBuffer(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (_value, _shape) = (value, PendingShape.Of(value.Shape));
    }

    /// <summary>A buffer of one value, one of whose sizes may be learnt from the first input.</summary>
    internal ModuleBuffer(PendingShape shape, double fill) => (_shape, _fill) = (shape, fill);

    /// <summary>The values.</summary>
    /// <exception cref="GradusException">
    /// The shape is not known before the network's first input, or a module reads a buffer that none has registered.
    /// </exception>
    public Tensor Value
    {
        get
        {
            if (!IsRegistered && ModuleCall.Innermost is { } reader)
            {
                throw new GradusException(
                    $"{reader.GetType().Name}: it reads a buffer {_shape} that is not registered, so it would not be saved. " +
                    "Assign it to a property whose setter calls Register.");
            }

            if (_value is not null) return _value;
            lock (Module.Drawing) return _value ?? Fill();
        }
    }

    private Tensor Fill()
    {
        using var scope = TensorScope.Suspend();
        return _value = Tensor.Full(_shape.Known ?? throw Unknown(), _fill, _dtype);
    }

    private GradusException Unknown() => new(
        $"buffer {_shape}: its shape is not known before the network's first input. Call Forward once, load a state, or give the layer its input size.");

    /// <summary>Whether a module owns it.</summary>
    internal bool IsRegistered { get; set; }

    /// <summary>Whether it stays in f32 where the network goes to a half type: an average moves by shares that would vanish in one.</summary>
    internal bool IsAverage { get; init; }

    /// <summary>The sizes, one of which may not be known yet.</summary>
    internal PendingShape Sizes => _shape;

    /// <summary>The buffer's values, wherever a tensor is wanted.</summary>
    public static implicit operator Tensor(ModuleBuffer buffer) => buffer.Value;

    /// <summary>Takes values over; a shape that was not known becomes theirs.</summary>
    internal void Load(Tensor values)
    {
        _shape.Settle(values.Shape);
        Value.CopyFrom(values);
    }

    /// <summary>Puts another tensor in place for a while; the one that was there is given back by a second exchange.</summary>
    internal Tensor Exchange(Tensor other)
    {
        var before = Value;
        _value = other;
        return before;
    }

    /// <summary>Changes the element type, if it is floating point.</summary>
    internal void Convert(DType dtype)
    {
        if (IsAverage && dtype.IsHalf) dtype = DType.Float32;
        if (_value is null) _dtype = dtype;
        if (_value is null || !_value.DType.IsFloat || _value.DType == dtype) return;
        using var scope = TensorScope.Suspend();
        _value = _value.To(dtype);
    }
}
