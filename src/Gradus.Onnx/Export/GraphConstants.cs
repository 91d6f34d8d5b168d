using System.Text;

namespace Gradus.Onnx;

/// <summary>The constants of a graph: parameters and buffers under their paths, and what else depends on no input.</summary>
internal sealed class GraphConstants
{
    // Constants up to this size are written once, however often they appear.
    private const int MostSharedBytes = 256;

    private readonly TracedProgram _program;
    private readonly ValueNames _names;
    private readonly StateNames _state;

    // Paths that are names of inputs or outputs.
    private readonly HashSet<string> _taken;
    private readonly OrderedDictionary<string, Tensor> _all = [];
    private readonly Dictionary<string, string> _shared = [];

    public GraphConstants(TracedProgram program, ValueNames names)
    {
        (_program, _names, _state) = (program, names, new StateNames(program.Root));
        // No other constant may have such a name, though it is written before.
        _taken = _state.All.Where(name => !names.Take(name)).ToHashSet();
    }

    /// <summary>Every constant by name, in the order in which they were first read.</summary>
    public OrderedDictionary<string, Tensor> All => _all;

    /// <summary>Whether a value is a parameter or a buffer.</summary>
    public bool IsState(int value) => _state.Find(_program.Value(value)) is not null;

    /// <summary>The name of a value that depends on no input.</summary>
    /// <exception cref="GradusException">Its numbers depend on the batch.</exception>
    public string NameOf(int value, ExportCall reader)
    {
        Tensor first = _program.Value(value), second = _program.OtherValue(value);
        if (_state.Find(first) is { } name) return OfState(name, first);
        if (SameBits.Are(first, second)) return Shared(first);
        var sizes = _program.Sizes(value);
        if (Repeated(sizes, first, second) is { } one) return reader.Add("Expand", [Shared(one), reader.Vector(sizes)]);
        if (!IsCount(first) || !IsCount(second))
            throw reader.Fault("reads numbers that differ from one run to the next: random ones, or such as depend on the batch");
        Extent count = new((int)first.Count, (int)second.Count);
        var end = reader.Add("Squeeze", [reader.Vector(count)]);
        var numbers = reader.Add("Range", [Shared(Tensor.Scalar(0L)), end, Shared(Tensor.Scalar(1L))]);
        if (first.DType != DType.Int64) numbers = reader.Cast(numbers, first.DType);
        return sizes.Length == 1 ? numbers : reader.Reshape(numbers, [count], sizes);
    }

    /// <summary>Whether a value that depends on no input can be written as it is for every batch.</summary>
    public bool CanWrite(int value)
    {
        Tensor first = _program.Value(value), second = _program.OtherValue(value);
        return SameBits.Are(first, second) || Repeated(_program.Sizes(value), first, second) is not null;
    }

    /// <summary>The name of a parameter or buffer.</summary>
    public string State(Tensor value) => _state.Find(value) is { } name ? OfState(name, value) : Shared(value);

    /// <summary>The name of a constant; small ones that are equal have one name.</summary>
    public string Shared(Tensor value)
    {
        value = value.Contiguous();
        if (value.Count * value.DType.Size > MostSharedBytes) return Add(_names.Fresh("constant"), value);
        var key = new StringBuilder(value.DType.ShortName).Append(value.Shape.ToString());
        foreach (var part in SameBits.Of(value)) key.Append(' ').Append(part);
        if (!_shared.TryGetValue(key.ToString(), out var name)) _shared.Add(key.ToString(), name = Add(_names.Fresh("constant"), value));
        return name;
    }

    /// <summary>Gives a constant another value.</summary>
    public void Replace(string name, Tensor value) => _all[name] = value;

    /// <summary>Adds a constant under a name, or one like it where that is taken.</summary>
    public string New(string name, Tensor value) => Add(_names.Fresh(name), value);

    private string OfState(string name, Tensor value)
    {
        if (_taken.Contains(name)) throw new GradusException($"onnx: '{name}' names an input or output and a parameter. Name the input or output otherwise.");
        _all.TryAdd(name, value);
        return name;
    }

    private string Add(string name, Tensor value)
    {
        _all.Add(name, value);
        return name;
    }

    /// <summary>What repeats along the batch, such as a first state of zeros; null where nothing does.</summary>
    private static Tensor? Repeated(Extent[] sizes, Tensor first, Tensor second)
    {
        Tensor one = first, other = second;
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            if (!sizes[axis].IsFixed) (one, other) = (one.Slice(axis, 0, 1), other.Slice(axis, 0, 1));
        }

        return SameBits.Are(one, other) && SameBits.Are(one.Expand(first.Shape), first) && SameBits.Are(one.Expand(second.Shape), second) ? one : null;
    }

    /// <summary>Whether a value is 0, 1, 2, … in row-major order.</summary>
    private static bool IsCount(Tensor value) =>
        value.DType is DType.Int32 or DType.Int64 && SameBits.Are(value, Tensor.Arange((int)value.Count).To(value.DType).Reshape(value.Shape));
}
