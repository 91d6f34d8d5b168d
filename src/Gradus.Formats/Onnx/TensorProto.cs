using System.Globalization;

namespace Gradus.Formats;

/// <summary>A tensor in ONNX's format. One that was read stays in its file until it is asked for; one to be written is a tensor of ours.</summary>
internal sealed class TensorProto
{
    private const int SizesField = 1, TypeField = 2, FloatField = 4, Int32Field = 5, StringField = 6, Int64Field = 7, NameField = 8, RawField = 9,
        DoubleField = 10, UInt64Field = 11, ExternalField = 13, LocationField = 14;

    private readonly List<long> _sizes = [];

    // Packed numbers and raw bytes, as places in the file; numbers that stand by themselves, as their bits.
    private readonly List<(long Start, long Length)> _parts = [];
    private List<ulong>? _numbers;
    private WireSource? _source;
    private int _dataField;

    public string Name { get; set; } = "";

    public OnnxDataType Type { get; private set; }

    /// <summary>The sizes of the axes.</summary>
    public IReadOnlyList<long> Sizes => _sizes;

    /// <summary>How many numbers the sizes make.</summary>
    public Int128 Count => _sizes.Aggregate((Int128)1, static (product, size) => Int128.Clamp(product * size, 0, long.MaxValue));

    /// <summary>Whether there are numbers, or where they are.</summary>
    public bool HasNumbers => Value is not null || _dataField != 0 || IsExternal;

    /// <summary>Where the data are, if in a file beside the model: <c>location</c>, <c>offset</c>, <c>length</c>.</summary>
    public List<KeyValuePair<string, string>> External { get; } = [];

    /// <summary>Whether the data are in a file beside the model.</summary>
    public bool IsExternal { get; set; }

    /// <summary>What is to be written.</summary>
    private Tensor? Value { get; init; }

    /// <summary>A tensor to be written into the model's file.</summary>
    public static TensorProto Of(string name, Tensor tensor)
    {
        var message = new TensorProto { Name = name, Type = tensor.DType.ToOnnx(), Value = tensor };
        foreach (var size in tensor.Shape) message._sizes.Add(size);
        return message;
    }

    /// <summary>The tensor's name, type and sizes alone.</summary>
    public TensorProto WithoutNumbers()
    {
        var message = new TensorProto { Name = Name, Type = Type };
        message._sizes.AddRange(_sizes);
        return message;
    }

    public static TensorProto Read(WireScanner fields)
    {
        var tensor = new TensorProto { _source = fields.Source };
        while (fields.Read()) tensor.Take(fields);
        return tensor;
    }

    public void Write(WireWriter writer)
    {
        foreach (var size in _sizes) writer.Whole(SizesField, size);
        writer.Whole(TypeField, (long)Type);
        writer.TextUnlessEmpty(NameField, Name);
        if (IsExternal)
        {
            foreach (var entry in External) writer.Message(ExternalField, message => StringEntry.Write(message, entry));
            writer.Whole(LocationField, 1);
            return;
        }

        if (Value is not { } value) return;
        writer.Deferred(RawField, value.Count * value.DType.Size, stream => Elements.Write(stream, value));
    }

    /// <summary>The tensor's numbers, in memory of its own.</summary>
    /// <param name="external">Opens the files beside the model; null where there can be none.</param>
    /// <exception cref="InvalidDataException">The data do not fit the shape, or are of a type that a tensor cannot hold.</exception>
    public Tensor ToTensor(ExternalFiles? external = null)
    {
        if (Value is not null) return Value;
        var dtype = Type.Held() ?? throw Fault($"elements of type {Type.Word()}, which a tensor cannot hold");
        var shape = ReadShape();
        if (IsExternal)
        {
            if (external is null) throw Fault("data in another file, where only the model's own are expected");
            return external.Read(this, dtype, shape);
        }

        return _dataField switch
        {
            0 when shape.ElementCount == 0 => Tensor.Zeros(shape, dtype),
            0 => throw Fault($"no data, expected {Words(shape.ElementCount)} for {shape}"),
            RawField => ReadRaw(dtype, shape),
            _ => ReadNumbers(dtype, shape),
        };
    }

    /// <summary>An error about this tensor.</summary>
    public InvalidDataException Fault(string what) => new($"{_source?.Name ?? "model"}: tensor '{PlainText.Quote(Name)}': {what}.");

    private static string Words(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} elements");

    private void Take(WireScanner field)
    {
        switch (field.Field)
        {
            case SizesField: field.AddWhole(_sizes); break;
            case TypeField: Type = (OnnxDataType)(int)Math.Min(field.Number, int.MaxValue); break;
            case NameField: Name = field.Text(); break;
            case ExternalField: External.Add(StringEntry.Read(field.Message())); break;
            case LocationField: IsExternal = field.Number == 1; break;
            case FloatField or Int32Field or StringField or Int64Field or RawField or DoubleField or UInt64Field: TakeData(field); break;
        }
    }

    private void TakeData(WireScanner field)
    {
        if (_dataField != 0 && _dataField != field.Field) throw field.Damage(field.Start, $"a tensor with data in fields {_dataField} and {field.Field}");
        _dataField = field.Field;
        if (field.Field == RawField) _parts.Clear();
        if (field.IsBytes)
        {
            _parts.Add((field.Start, field.Length));
            return;
        }

        field.Source.Charge(2 * sizeof(ulong));
        (_numbers ??= []).Add(field.Number);
    }

    /// <summary>The sizes as a shape.</summary>
    /// <exception cref="InvalidDataException">There is no such shape.</exception>
    public Shape ReadShape()
    {
        if (_sizes.Count > Shape.MaxRank) throw Fault($"{_sizes.Count} axes; a tensor has at most {Shape.MaxRank}");
        foreach (var size in _sizes)
        {
            if (size is < 0 or > int.MaxValue) throw Fault($"an axis of size {size.ToString(CultureInfo.InvariantCulture)}");
        }

        try
        {
            return Shape.Create([.. _sizes.Select(static size => (int)size)]);
        }
        catch (GradusException exception)
        {
            throw Fault(exception.Message);
        }
    }

    private Tensor ReadRaw(DType dtype, Shape shape)
    {
        var (start, length) = _parts[0];
        var expected = shape.ElementCount * dtype.Size;
        if (length != expected) throw Fault($"{length} bytes of data, expected {expected} for {dtype.ShortName}{shape}");
        return Elements.Read(_source!.Part(start, length), Elements.Of(dtype), shape, $"{_source.Name}: tensor '{PlainText.Quote(Name)}'", keepsHalf: true);
    }

    // Numbers of 32 bits and less stand in int32_data, half types as their bits.
    private Tensor ReadNumbers(DType dtype, Shape shape)
    {
        var expected = dtype switch
        {
            DType.Float32 => FloatField,
            DType.Float64 => DoubleField,
            DType.Int64 => Int64Field,
            _ => Int32Field,
        };
        if (_dataField != expected) throw Fault($"elements of type {Type.Word()} in field {_dataField}, expected field {expected}");
        if (_numbers is not null && _parts.Count > 0) throw Fault("some numbers that are packed and some that are not");
        // Each number takes a byte at the least: nothing is allocated that the file cannot fill.
        var most = _numbers?.Count ?? _parts.Sum(static part => part.Length);
        if (shape.ElementCount > most) throw Fault($"{most} bytes of data, expected {Words(shape.ElementCount)} for {shape}");
        var bits = new ulong[shape.ElementCount];
        var count = 0L;
        foreach (var number in _numbers ?? Unpack())
        {
            if (count < bits.Length) bits[count] = number;
            count++;
        }

        if (count != bits.Length) throw Fault($"{Words(count)}, expected {bits.Length} for {shape}");
        return Convert(bits, dtype, shape);
    }

    private IEnumerable<ulong> Unpack() =>
        _parts.SelectMany(part => _dataField switch
        {
            FloatField => _source!.Packed(part.Start, part.Length, sizeof(float)),
            DoubleField => _source!.Packed(part.Start, part.Length, sizeof(double)),
            _ => _source!.Packed(part.Start, part.Length, 0),
        });

    private Tensor Convert(ulong[] bits, DType dtype, Shape shape) => dtype switch
    {
        DType.Float32 => Tensor.From(Array.ConvertAll(bits, static bits => BitConverter.UInt32BitsToSingle((uint)bits)), shape),
        DType.Float64 => Tensor.From(Array.ConvertAll(bits, BitConverter.UInt64BitsToDouble), shape),
        DType.Int64 => Tensor.From(Array.ConvertAll(bits, static bits => (long)bits), shape),
        DType.Int32 => Tensor.From(Array.ConvertAll(bits, static bits => (int)bits), shape),
        DType.Float16 => Tensor.From(Array.ConvertAll(bits, static bits => BitConverter.UInt16BitsToHalf((ushort)bits)), shape),
        DType.BFloat16 => Tensor.From(Array.ConvertAll(bits, static bits => BFloat16.FromBits((ushort)bits)), shape),
        _ => Array.TrueForAll(bits, static bits => bits <= 1)
            ? Tensor.From(Array.ConvertAll(bits, static bits => bits != 0), shape)
            : throw Fault("a bool that is neither 0 nor 1"),
    };
}
