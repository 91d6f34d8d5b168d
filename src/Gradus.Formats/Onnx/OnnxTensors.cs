using Gradus.Nn;

namespace Gradus.Formats;

/// <summary>The constants of an ONNX file as tensors by name. A file is not made of tensors alone: it holds the graph that they belong to.</summary>
internal static class OnnxTensors
{
    /// <summary>The format among those of tensors.</summary>
    public static readonly TensorFormat Format = new("ONNX", [".onnx"], Read, Inspect, Refuse);

    private static readonly IReadOnlyList<LeftOutValue> Nothing = [];

    /// <summary>Of the constants of an ONNX file those that a network knows: the others are settings of the graph. Of other files, all.</summary>
    public static IReadOnlyDictionary<string, Tensor> WeightsOf(string path, IReadOnlyDictionary<string, Tensor> tensors, Module model)
    {
        if (TensorFile.FormatOf(path) != Format) return tensors;
        var known = model.NamedParameters().Select(static named => named.Name).Concat(model.NamedBuffers().Select(static named => named.Name)).ToHashSet();
        return tensors.Where(entry => known.Contains(entry.Key)).ToDictionary();
    }

    private static TensorFileContents Read(string path)
    {
        using var contents = OnnxContents.Open(path);
        var (tensors, leftOut) = (new OrderedDictionary<string, Tensor>(), new List<LeftOutValue>());
        foreach (var constant in contents.Model.Graph!.Initializers)
        {
            if (constant.Type.Held() is null) leftOut.Add(new LeftOutValue(constant.Name, $"elements of type {constant.Type.Word()}"));
            else if (!tensors.TryAdd(constant.Name, constant.ToTensor(contents.External))) throw constant.Fault("there are two of its name");
        }

        return new TensorFileContents(tensors, ValuesOf(contents.Model), leftOut);
    }

    private static TensorFileSummary Inspect(string path)
    {
        using var contents = OnnxContents.Open(path);
        return new TensorFileSummary([.. contents.Model.Graph!.Initializers.Select(SummaryOf)], ValuesOf(contents.Model), Nothing);
    }

    private static TensorSummary SummaryOf(TensorProto constant) =>
        new(constant.Name, constant.Type.Word(), constant.Sizes, (long)Int128.Clamp(constant.Count * (constant.Type.Held()?.Size ?? 1), 0, long.MaxValue));

    private static Dictionary<string, object?> ValuesOf(ModelProto model)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in model.Metadata) values[key] = value;
        return values;
    }

    private static void Refuse(string path, TensorFileContents contents) => throw new GradusException(
        $"{path}: an ONNX file holds the graph of a network, which tensors alone do not tell. Write the network itself by network.SaveOnnx(path, example), " +
        "or a trained model by gradus onnx export.");
}
