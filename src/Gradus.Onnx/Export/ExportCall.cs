using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>One step that is written as nodes: what a row of the table reads and adds.</summary>
internal sealed class ExportCall(GraphWriter writer, TraceStep step, TraceStep other)
{
    /// <summary>The version of ONNX's operators.</summary>
    public int Opset => writer.Opset;

    /// <summary>How many inputs there are.</summary>
    public int Inputs => step.Inputs.Length;

    /// <summary>The module that is written as a whole.</summary>
    public Module Module => step.Module!;

    /// <summary>The arguments in the first run.</summary>
    public object Arguments => step.Arguments;

    /// <summary>The arguments in the second run.</summary>
    public object OtherArguments => other.Arguments;

    /// <summary>The name of an input; empty where it was left out.</summary>
    public string this[int input] => input < Inputs ? writer.NameOf(step.Inputs[input], this) : "";

    /// <summary>The names of all inputs.</summary>
    public string[] All => [.. Enumerable.Range(0, Inputs).Select(input => this[input])];

    /// <summary>Writes the step by its row of the table.</summary>
    /// <exception cref="GradusException">There is no row for it.</exception>
    public void Write()
    {
        try
        {
            if (step.Op is not { } op)
            {
                ModuleTable.Write(this);
                return;
            }

            var row = ExportTable.Find(op, Opset) ?? throw Fault(ExportTable.WhyNot(op, Opset));
            if (!row.TakesBothRuns && ArgumentPair.Difference(step, other) is { } difference) throw Fault($"cannot be written for any batch: {difference}");
            row.Write(this);
        }
        catch (GradusException exception) when (!exception.Message.StartsWith("onnx: ", StringComparison.Ordinal))
        {
            throw new GradusException($"onnx: {Place}: {exception.Message}", exception);
        }
    }

    /// <summary>The sizes of an input.</summary>
    public Extent[] Sizes(int input = 0) => writer.Sizes(step.Inputs[input]);

    /// <summary>The sizes of an input in the first run.</summary>
    public Shape Shape(int input = 0) => writer.Value(step.Inputs[input]).Shape;

    /// <summary>The sizes of an output.</summary>
    public Extent[] OutputSizes(int output = 0) => writer.Sizes(step.Outputs[output]);

    /// <summary>The number of axes of an input.</summary>
    public int Rank(int input = 0) => writer.Value(step.Inputs[input]).Rank;

    /// <summary>The element type of an input.</summary>
    public DType Type(int input = 0) => writer.Value(step.Inputs[input]).DType;

    /// <summary>The element type of an output.</summary>
    public DType OutputType(int output = 0) => writer.Value(step.Outputs[output]).DType;

    /// <summary>An input that depends on none of the graph's, as a tensor; null for others, and where it was left out.</summary>
    public Tensor? ConstantInput(int input) => input < Inputs && writer.IsConstant(step.Inputs[input]) ? writer.Value(step.Inputs[input]) : null;

    /// <summary>Whether an input is a constant whose numbers are all 0.</summary>
    public bool IsZero(int input) => writer.IsZero(step.Inputs[input]);

    /// <summary>The size of an axis that has to be the same for every batch.</summary>
    public int Fixed(int axis, int input = 0) => Sizes(input)[axis] is { IsFixed: true } size
        ? size.First
        : throw Fault($"needs a fixed size of axis {axis}, which is {Sizes(input)[axis]}");

    /// <summary>Adds a node of one output.</summary>
    /// <returns>The output's name.</returns>
    public string Add(string op, IEnumerable<string> inputs, params AttributeProto[] attributes) => writer.Add(step.Path, op, inputs, 1, attributes)[0];

    /// <summary>Adds a node of several outputs.</summary>
    public string[] AddMany(string op, IEnumerable<string> inputs, int outputs, params AttributeProto[] attributes) =>
        writer.Add(step.Path, op, inputs, outputs, attributes);

    /// <summary>Says what the name of an output is.</summary>
    public void Give(string name, int output = 0)
    {
        if (output < step.Outputs.Length) writer.Name(step.Outputs[output], name);
    }

    /// <summary>Writes the step as one node that reads its inputs and gives its output.</summary>
    public void One(string op, params AttributeProto[] attributes) => Give(Add(op, All, attributes));

    /// <summary>A number in the element type of an input.</summary>
    public string Number(double value, int input = 0) => Number(value, Type(input));

    /// <summary>A number in an element type.</summary>
    public string Number(double value, DType type) => writer.Constant(Tensor.Scalar(value).To(type));

    /// <summary>A constant.</summary>
    public string Constant(Tensor value) => writer.Constant(value);

    /// <summary>A parameter or buffer of the module.</summary>
    public string State(Tensor value) => writer.State(value);

    /// <summary>Whole numbers.</summary>
    public string Whole(params ReadOnlySpan<long> values) => writer.Constant(Tensor.From(values.ToArray(), [values.Length]));

    /// <summary>Sizes as a vector, computed from that of the batch where they depend on it.</summary>
    public string Vector(params ReadOnlySpan<Extent> sizes)
    {
        var extents = sizes.ToArray();
        if (Array.TrueForAll(extents, static extent => extent.IsFixed)) return Whole([.. extents.Select(static extent => (long)extent.First)]);
        return extents.Length == 1 ? writer.Size(extents[0]) : Add("Concat", extents.Select(writer.Size), Attributes.Int("axis", 0));
    }

    /// <summary>A size as a number, computed from that of the batch where it depends on it.</summary>
    public string Size(Extent size, DType type)
    {
        if (size.IsFixed) return Number(size.First, type);
        var number = Add("Squeeze", [Vector(size)]);
        return type == DType.Int64 ? number : Cast(number, type);
    }

    /// <summary>The same elements in another shape.</summary>
    public string Reshape(string x, ReadOnlySpan<Extent> from, ReadOnlySpan<Extent> to)
    {
        var target = new long[to.Length];
        var unknown = 0;
        for (var axis = 0; axis < target.Length; axis++)
        {
            // −1 stands for what is left, 0 for the size that is there.
            target[axis] = to[axis].IsFixed ? to[axis].First : -1;
            if (to[axis].IsFixed) continue;
            if (axis < from.Length && from[axis] == to[axis] && (unknown > 0 || Later(to, axis))) target[axis] = 0;
            else unknown++;
        }

        return Add("Reshape", [x, unknown > 1 ? Vector(to) : Whole(target)]);
    }

    /// <summary>The axes in another order.</summary>
    public string Transpose(string x, params ReadOnlySpan<int> order)
    {
        var axes = new long[order.Length];
        for (var axis = 0; axis < axes.Length; axis++) axes[axis] = order[axis];
        return Add("Transpose", [x], Attributes.Ints("perm", axes));
    }

    /// <summary>A reduction along axes, which stand with the settings or among the inputs as the version wants it.</summary>
    public string Reduce(string op, string x, bool keepDim, params ReadOnlySpan<long> axes)
    {
        var keep = Attributes.Int("keepdims", keepDim ? 1 : 0);
        return Opset >= 18 || op == "ReduceSum" ? Add(op, [x, Whole(axes)], keep) : Add(op, [x], Attributes.Ints("axes", axes), keep);
    }

    /// <summary>Elements as another type.</summary>
    public string Cast(string x, DType type) => Add("Cast", [x], Attributes.Int("to", (long)type.ToOnnx()));

    /// <summary>An error about this step.</summary>
    public GradusException Fault(string what) => new($"onnx: {Place}: it {what}. Nothing was written.");

    private string Place => $"{step.Name} in {(step.Path.Length == 0 ? "the outermost module" : $"'{step.Path}'")} at opset {Opset}";

    private static bool Later(ReadOnlySpan<Extent> sizes, int axis)
    {
        foreach (var size in sizes[(axis + 1)..])
        {
            if (!size.IsFixed) return true;
        }

        return false;
    }
}
