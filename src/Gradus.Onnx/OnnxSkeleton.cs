using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>A model's graph without its weights: what a file of weights keeps beside them, so that the network can be built again.</summary>
internal static class OnnxSkeleton
{
    // Short constants may be settings, whose numbers say what is computed: they stay.
    private const int MostNumbers = 64;

    // A graph of a few thousand nodes; more is no network that somebody trains here.
    private const int MostBytes = 16 << 20;

    /// <summary>The graph as text, for a file's metadata.</summary>
    /// <exception cref="GradusException">The graph is too large.</exception>
    public static string Write(OnnxModel model)
    {
        var writer = new WireWriter(MostBytes);
        WithoutWeights(model.Message).Write(writer);
        var stream = new MemoryStream();
        writer.CopyTo(stream);
        return Convert.ToBase64String(stream.ToArray());
    }

    /// <summary>The network of a graph, whose weights are zeros until they are loaded.</summary>
    /// <exception cref="InvalidDataException">The text is no graph, or asks for what is not supported.</exception>
    public static OnnxModel Read(string text)
    {
        var bytes = new byte[text.Length];
        if (text.Length > MostBytes * 2L || !Convert.TryFromBase64String(text, bytes, out var count))
            throw new InvalidDataException("the model's graph is damaged");
        try
        {
            return OnnxModel.Load(new MemoryStream(bytes, 0, count), new OnnxOptions { MayLackWeights = true }, "the model's graph");
        }
        catch (GradusException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static ModelProto WithoutWeights(ModelProto model)
    {
        var graph = model.Graph!;
        var bare = new GraphProto { Name = graph.Name, Doc = graph.Doc };
        bare.Nodes.AddRange(graph.Nodes);
        bare.Inputs.AddRange(graph.Inputs);
        bare.Outputs.AddRange(graph.Outputs);
        bare.Initializers.AddRange(graph.Initializers.Select(static tensor =>
            tensor.Count > MostNumbers && tensor.Type.Held() is { IsFloat: true } ? tensor.WithoutNumbers() : tensor));
        var without = new ModelProto { IrVersion = model.IrVersion, Graph = bare };
        without.OperatorSets.AddRange(model.OperatorSets);
        without.Functions.AddRange(model.Functions);
        return without;
    }
}
