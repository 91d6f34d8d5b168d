using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>A model of an ONNX file as a module: it is run, trained on, and saved as ONNX again.</summary>
/// <remarks>
/// The file's constants become parameters and buffers under their names in the file, so that optimizers, freezing by pattern, checkpoints and the doctor
/// work as on any module. A constant is a parameter if it is floating point and a node reads it as other than a setting; running means and variances of
/// batch norm are buffers. Just loaded, the model behaves as in use; after <see cref="Module.Train"/>, batch norm uses the batch's statistics and moves the
/// running ones, and dropout drops.
/// <code>
/// var model = OnnxModel.Load("resnet.onnx");
/// model.Freeze("layer1.*");
/// var logits = model.Forward(images);
/// </code>
/// The nodes are computed one after the other by Tensor arithmetic, branches and loops by the values they have, so that back-propagation goes through all.
/// </remarks>
public sealed class OnnxModel : Module<Tensor, Tensor>
{
    private readonly OnnxGraph _graph;
    private readonly IReadOnlyList<Initializer> _initializers;

    private OnnxModel(ModelProto message, OnnxGraph graph, IReadOnlyList<Initializer> initializers)
    {
        (Message, _graph, _initializers) = (message, graph, initializers);
        var given = message.Graph!.Initializers.Select(static tensor => tensor.Name).ToHashSet();
        Inputs = [.. message.Graph.Inputs.Where(input => !given.Contains(input.Name)).Select(OnnxValue.Of)];
        Outputs = [.. message.Graph.Outputs.Select(OnnxValue.Of)];
        foreach (var initializer in initializers)
        {
            var (parameter, buffer) = initializer.Settle();
            if (parameter is not null) RegisterAs(initializer.Name, parameter);
            else RegisterAs(initializer.Name, buffer!);
        }

        Eval();
    }

    /// <summary>What goes in, in the order of <see cref="Run(ReadOnlySpan{Tensor})"/>; without inputs that the file has a value for.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; }

    /// <summary>What comes out.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; }

    /// <summary>The file's words about the model, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata => Message.Metadata;

    /// <summary>The file's graph, whose constants are in memory.</summary>
    internal ModelProto Message { get; }

    /// <summary>The random stream of dropout.</summary>
    internal Generator Stream => Random;

    /// <inheritdoc/>
    protected override bool KeepsNothing => true;

    /// <summary>Loads a file, and the files of data that it names beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Operators of your own; none by default.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or is no model; the message says where.</exception>
    /// <exception cref="GradusException">It asks for operators or element types that are not supported; all of them are listed.</exception>
    public static OnnxModel Load(string path, OnnxOptions? options = null)
    {
        using var contents = OnnxContents.Open(path);
        return Load(contents, path, options);
    }

    /// <summary>Loads a model from a stream that can seek, such as a resource of the program.</summary>
    /// <param name="stream">The stream, at the model's beginning.</param>
    /// <param name="options">Operators of your own; none by default.</param>
    /// <param name="name">What errors call it.</param>
    /// <inheritdoc cref="Load(string, OnnxOptions)" path="/exception"/>
    public static OnnxModel Load(Stream stream, OnnxOptions? options = null, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Load(OnnxContents.Open(stream, name), name, options);
    }

    /// <summary>Runs the model with all its inputs in their order.</summary>
    /// <returns>The outputs in their order.</returns>
    /// <exception cref="GradusException">There are more or fewer inputs than the model takes, or one does not fit.</exception>
    public Tensor[] Run(params ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.Length != Inputs.Count)
            throw new GradusException($"onnx: got {inputs.Length} inputs, expected {Inputs.Count}: {string.Join(", ", Inputs)}.");
        var named = new Dictionary<string, Tensor>();
        for (var index = 0; index < inputs.Length; index++) named.Add(Inputs[index].Name, inputs[index]);
        return [.. Run(named).Values];
    }

    /// <summary>Runs the model with inputs by name. Those that the file has a value for may be among them.</summary>
    /// <returns>The outputs by name.</returns>
    /// <exception cref="GradusException">An input is missing, unknown, or does not fit.</exception>
    public OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var outputs = Evaluate(inputs.Values.ToArray(), _ => Compute(inputs));
        var named = new OrderedDictionary<string, Tensor>();
        for (var index = 0; index < outputs.Length; index++) named.Add(Outputs[index].Name, outputs[index]);
        return named;
    }

    /// <summary>
    /// Saves the model as ONNX with the values that its parameters and buffers have now. The file is there whole or not at all; of more than 2 GB its tensors
    /// are in a second one beside it, <c>name.onnx.data</c>.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    public void Save(string path) => OnnxWriter.Write(path, Message, _initializers);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (Inputs.Count != 1) throw new GradusException($"the model takes {Inputs.Count} inputs: {string.Join(", ", Inputs)}. Give them to Run.");
        return Compute(new Dictionary<string, Tensor> { [Inputs[0].Name] = input })[0];
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Message.Graph!.Name}: {string.Join(", ", Inputs)} → {string.Join(", ", Outputs)}";

    private static OnnxModel Load(OnnxContents contents, string name, OnnxOptions? options)
    {
        // What the model keeps belongs to no scope of the caller.
        using var suspension = TensorScope.Suspend();
        using var noGrad = GradMode.Disable();
        var builder = new GraphBuilder(contents, options ?? OnnxOptions.Default, name);
        var graph = builder.Build();
        builder.Unsupported.ThrowIfAny(name);
        return new OnnxModel(contents.Model, graph, builder.Initializers);
    }

    private Tensor[] Compute(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var frame = _graph.Begin(outer: null);
        foreach (var (name, tensor) in inputs)
        {
            var slot = _graph.Inputs.FindIndex(input => input.Name == name);
            if (slot < 0) throw new GradusException($"there is no input {PlainText.Quote(name)}; there are {string.Join(", ", Inputs)}.");
            InputCheck.Require(Message.Graph!.Inputs[slot], tensor);
            frame.Set(_graph.Inputs[slot].Slot, tensor);
        }

        if (Inputs.FirstOrDefault(input => !inputs.ContainsKey(input.Name)) is { } missing)
            throw new GradusException($"input {missing} is missing.");
        return [.. _graph.Run(this, frame).Select((tensor, index) => tensor ??
            throw new GradusException($"output {PlainText.Quote(Outputs[index].Name)} is left out by the node that computes it."))];
    }
}
