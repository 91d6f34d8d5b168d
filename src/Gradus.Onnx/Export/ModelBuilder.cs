using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Makes a model of ONNX from a computation.</summary>
internal static class ModelBuilder
{
    /// <summary>The model, and the values of its constants by name.</summary>
    public static (ModelProto Model, OrderedDictionary<string, Tensor> Tensors) Build(
        Module? module, Func<Tensor[], IEnumerable<Tensor>> compute, Tensor[] examples, OnnxExportOptions options)
    {
        if (options.Opset is < OnnxExportOptions.OldestOpset or > OnnxExportOptions.NewestOpset)
        {
            throw new GradusException(FormattableString.Invariant(
                $"onnx: opset {options.Opset}; expected from {OnnxExportOptions.OldestOpset} to {OnnxExportOptions.NewestOpset}."));
        }

        var inputs = new ExportInputs(examples, options);
        var program = TracedProgram.Of(module, compute, inputs);
        var (graph, tensors) = GraphWriter.Write(program, inputs, options);
        var model = new ModelProto
        {
            IrVersion = OnnxVersions.IrOf(options.Opset),
            Producer = "Gradus",
            ProducerVersion = ProducerVersion,
            Doc = options.Description,
            Graph = graph,
        };
        model.OperatorSets.Add(new OperatorSetId("", options.Opset));
        model.Metadata.AddRange(options.Metadata);
        return (model, tensors);
    }

    private static string ProducerVersion => typeof(ModelBuilder).Assembly.GetName().Version?.ToString(3) ?? "";
}
