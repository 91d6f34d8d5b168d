using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Saves networks, and any other computation over tensors, as ONNX files, which other programs run.</summary>
/// <remarks>
/// The computation is run in use (no dropout, fixed statistics) with batches of two sizes, and every operator that is evaluated becomes one or several nodes;
/// a third run has to agree. Parameters keep their paths as names. Nothing is written unless all of it can be.
/// <code>
/// model.SaveOnnx("model.onnx", images);
/// model.SaveOnnx("model.onnx", images, new() { Opset = 20, InputNames = ["image"], OutputNames = ["logits"] });
/// lstm.SaveOnnx("lstm.onnx", x => { var (output, state) = lstm.Forward(x[0]); return [output, state.Hidden, state.Cell]; }, [sequences]);
/// </code>
/// </remarks>
public static class OnnxExport
{
    /// <summary>Saves a module that turns a tensor into a tensor, or into a tuple of tensors.</summary>
    /// <param name="module">The module. It is saved as it is in use, whatever its mode.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="example">An input, from whose sizes those of the graph follow; its first axis counts samples and may have any size later.</param>
    /// <param name="options">How; by default opset 17, for batches of any size.</param>
    /// <exception cref="GradusException">An operator cannot be written at this opset; it is named with its module, and no file is written.</exception>
    public static void SaveOnnx<TOut>(this Module<Tensor, TOut> module, string path, Tensor example, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(example);
        Save(module, inputs => TensorsOf.All(module.Forward(inputs[0])), path, [example], options);
    }

    /// <summary>Saves a module of several inputs or outputs.</summary>
    /// <param name="module">The module. It is saved as it is in use, whatever its mode.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="compute">Calls the module with the inputs of the graph, and gives its outputs.</param>
    /// <param name="examples">The inputs, from whose sizes those of the graph follow.</param>
    /// <param name="options">How; by default opset 17, for batches of any size along the first axis of every input.</param>
    /// <exception cref="GradusException">An operator cannot be written at this opset; it is named with its module, and no file is written.</exception>
    public static void SaveOnnx(
        this Module module, string path, Func<Tensor[], Tensor[]> compute, IReadOnlyList<Tensor> examples, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(compute);
        ArgumentNullException.ThrowIfNull(examples);
        Save(module, compute, path, [.. examples], options);
    }

    /// <summary>Saves a computation over tensors: what its operators are recorded to be.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="compute">From inputs to outputs.</param>
    /// <param name="examples">The inputs, from whose sizes those of the graph follow.</param>
    /// <param name="options">How; by default opset 17, for batches of any size along the first axis of every input.</param>
    /// <exception cref="GradusException">An operator cannot be written at this opset; it is named, and no file is written.</exception>
    public static void Save(string path, Func<Tensor[], Tensor[]> compute, IReadOnlyList<Tensor> examples, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(compute);
        ArgumentNullException.ThrowIfNull(examples);
        Save(null, compute, path, [.. examples], options);
    }

    /// <summary>The graph of a module, as its file would have it.</summary>
    /// <param name="module">The module.</param>
    /// <param name="example">An input.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="GradusException">An operator cannot be written.</exception>
    internal static OnnxModel Describe(Module<Tensor, Tensor> module, Tensor example, string name)
    {
        using var suspension = TensorScope.Suspend();
        var (model, _) = ModelBuilder.Build(module, inputs => [module.Forward(inputs[0])], [example], new OnnxExportOptions());
        return ExportCheck.ReadBack(model, name);
    }

    /// <summary>Saves a computation.</summary>
    /// <param name="module">The module whose parts give paths; null for a computation without modules.</param>
    /// <param name="compute">From inputs to outputs.</param>
    /// <param name="path">The file.</param>
    /// <param name="examples">The inputs.</param>
    /// <param name="options">How.</param>
    /// <param name="change">Changes the model before it is written.</param>
    internal static void Save(
        Module? module, Func<Tensor[], IEnumerable<Tensor>> compute, string path, Tensor[] examples, OnnxExportOptions? options,
        Action<ModelProto, IDictionary<string, Tensor>>? change = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxExportOptions();
        // What is kept of the runs belongs to no scope of the caller.
        using var suspension = TensorScope.Suspend();
        var (model, tensors) = ModelBuilder.Build(module, compute, examples, options);
        if (options.Verify) ExportCheck.Run(model, path, compute, examples, options);
        change?.Invoke(model, tensors);
        ExternalData.Write(path, model, tensors, options.ExternalDataFrom);
    }
}
