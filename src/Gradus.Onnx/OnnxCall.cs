using System.Globalization;
using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>A node of a graph at the moment it is computed: its inputs and settings.</summary>
public sealed class OnnxCall
{
    private readonly Frame? _frame;
    private readonly OnnxModel? _model;

    internal OnnxCall(GraphNode node, Frame? frame, OnnxModel? model) => (Node, _frame, _model) = (node, frame, model);

    /// <summary>The operator's name.</summary>
    public string Operator => Node.OperatorName;

    /// <summary>The node's name; where it has none, that of its first output.</summary>
    public string Name => Node.Name;

    /// <summary>The version of the operators of its domain that the file asks for.</summary>
    public int Opset => Node.Opset;

    /// <summary>How many inputs the node names, left out ones among them.</summary>
    public int InputCount => Node.Inputs.Count;

    /// <summary>How many outputs the node names.</summary>
    public int OutputCount => Node.Outputs.Count;

    /// <summary>Whether the model behaves as in training.</summary>
    public bool IsTraining => _model is { IsTraining: true };

    internal GraphNode Node { get; }

    internal Frame? Frame => _frame;

    internal OnnxModel Model => _model!;

    /// <summary>The first input.</summary>
    internal Tensor X => this[0];

    /// <summary>The second input.</summary>
    internal Tensor Y => this[1];

    /// <summary>An input that must be there.</summary>
    /// <exception cref="GradusException">It is left out.</exception>
    public Tensor this[int index] => Optional(index) ?? throw Fault($"input {index} is missing");

    /// <summary>An input, or null where it is left out.</summary>
    public Tensor? Optional(int index) => index < Node.Inputs.Count && Node.Inputs[index] is { } place ? _frame![place] : null;

    /// <summary>All inputs, which must be there.</summary>
    public Tensor[] Inputs()
    {
        var inputs = new Tensor[InputCount];
        for (var index = 0; index < inputs.Length; index++) inputs[index] = this[index];
        return inputs;
    }

    /// <summary>Whether the node has a setting.</summary>
    public bool Has(string attribute) => Node.Attribute(attribute) is not null;

    /// <summary>Whether the node asks for an output.</summary>
    public bool Asks(int output) => output < Node.Outputs.Count && Node.Outputs[output] >= 0;

    /// <summary>A setting that is a whole number.</summary>
    public long Int(string attribute, long otherwise) => Of(attribute, AttributeKind.Int)?.Int ?? otherwise;

    /// <summary>A setting that is a whole number and must be there.</summary>
    public long Int(string attribute) => Of(attribute, AttributeKind.Int)?.Int ?? throw Missing(attribute);

    /// <summary>A setting that is a whole number read as yes or no.</summary>
    public bool Flag(string attribute, bool otherwise = false) => Int(attribute, otherwise ? 1 : 0) != 0;

    /// <summary>A setting that is a real number. Written as the shortest decimal that gives it: 0.1 is 0.1 and not the float32 next to it.</summary>
    public double Float(string attribute, double otherwise) => Of(attribute, AttributeKind.Float) is null ? otherwise : Node.Real(attribute);

    /// <summary>A setting that is a word.</summary>
    public string Text(string attribute, string otherwise = "") => Of(attribute, AttributeKind.String)?.String ?? otherwise;

    /// <summary>A setting that is several whole numbers; null where it is left out.</summary>
    public long[]? Ints(string attribute) => Of(attribute, AttributeKind.Ints)?.Ints.ToArray();

    /// <summary>A setting that is several whole numbers and must be there.</summary>
    internal long[] RequiredInts(string attribute) => Ints(attribute) ?? throw Missing(attribute);

    /// <summary>A setting that is several real numbers; null where it is left out.</summary>
    public double[]? Floats(string attribute) => Of(attribute, AttributeKind.Floats)?.Floats.Select(WrittenDecimal.Of).ToArray();

    /// <summary>A setting that is several words; null where it is left out.</summary>
    public string[]? Texts(string attribute) => Of(attribute, AttributeKind.Strings)?.Strings.ToArray();

    /// <summary>A setting that is a tensor; null where it is left out.</summary>
    public Tensor? Tensor(string attribute) => Node.Tensors.GetValueOrDefault(attribute);

    /// <summary>The random stream of the model.</summary>
    internal Generator Random => _model!.Stream;

    /// <summary>Sets the buffer that an input is; nothing happens to one that is none.</summary>
    internal void Store(int index, Tensor value)
    {
        if (Node.Inputs[index] is { } place && _frame!.BufferAt(place) is { } buffer) buffer.Current.CopyFrom(value);
    }

    /// <summary>An input's whole numbers; null where it is left out.</summary>
    internal long[]? Wholes(int index) => Optional(index) is { } input ? Wholes(input) : null;

    /// <summary>An input's whole numbers, which must be there.</summary>
    internal long[] RequiredWholes(int index) => Wholes(this[index]);

    /// <summary>A tensor's whole numbers.</summary>
    internal long[] Wholes(Tensor tensor) => tensor.DType switch
    {
        DType.Int64 => tensor.Contiguous().ToArray<long>(),
        DType.Int32 => Array.ConvertAll(tensor.Contiguous().ToArray<int>(), static value => (long)value),
        _ => throw Fault($"expected whole numbers, got {tensor.Describe()}"),
    };

    /// <summary>A tensor's whole numbers as sizes or axes.</summary>
    internal int[] Sizes(ReadOnlySpan<long> numbers)
    {
        var sizes = new int[numbers.Length];
        for (var index = 0; index < sizes.Length; index++) sizes[index] = Size(numbers[index]);
        return sizes;
    }

    /// <summary>A whole number as a size or an axis.</summary>
    internal int Size(long number) => number is >= int.MinValue and <= int.MaxValue
        ? (int)number
        : throw Fault(string.Create(CultureInfo.InvariantCulture, $"{number} is too large for the size of an axis"));

    /// <summary>A setting that is an axis of a tensor, counted from the first.</summary>
    internal int Axis(string attribute, long otherwise, int rank) => Axis(Int(attribute, otherwise), rank);

    /// <summary>An axis of a tensor of some rank, counted from the first.</summary>
    internal int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Fault(string.Create(CultureInfo.InvariantCulture, $"axis {axis} of a tensor of rank {rank}"));

    /// <summary>Axes of a tensor of some rank, counted from the first.</summary>
    internal int[] Axes(ReadOnlySpan<long> axes, int rank)
    {
        var found = new int[axes.Length];
        for (var index = 0; index < found.Length; index++) found[index] = Axis(axes[index], rank);
        return found;
    }

    /// <summary>An error about this node.</summary>
    public GradusException Fault(string what) => new($"node {PlainText.Quote(Name)} ({Operator}): {what}.");

    private AttributeProto? Of(string attribute, AttributeKind kind)
    {
        var found = Node.Attribute(attribute);
        if (found is null || found.Kind == kind) return found;
        // A list of nothing is written without a kind by some programs.
        if (found.Kind == AttributeKind.Int && found.Int == 0 && kind is AttributeKind.Ints or AttributeKind.Floats or AttributeKind.Strings) return found;
        throw Fault($"attribute {PlainText.Quote(attribute)} is of kind {found.Kind}, expected {kind}");
    }

    private GradusException Missing(string attribute) => Fault($"attribute {attribute} is missing");
}
