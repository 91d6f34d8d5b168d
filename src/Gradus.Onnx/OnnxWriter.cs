using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Writes models as ONNX files.</summary>
internal static class OnnxWriter
{
    /// <summary>Writes a model that was loaded, with the values that its constants have now.</summary>
    public static void Write(string path, ModelProto model, IReadOnlyList<Initializer> initializers)
    {
        using var noGrad = GradMode.Disable();
        var graph = model.Graph!;
        var values = initializers.ToDictionary(static initializer => initializer.Name, static initializer => initializer.Current.Detach());
        for (var index = 0; index < graph.Initializers.Count; index++)
        {
            var name = graph.Initializers[index].Name;
            graph.Initializers[index] = TensorProto.Of(name, values[name]);
        }

        ExternalData.Write(path, model, values, new OnnxExportOptions().ExternalDataFrom);
    }

    /// <summary>Writes a model whose tensors are in memory. The file is there whole or not at all.</summary>
    public static void Write(string path, ModelProto model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var writer = new WireWriter(int.MaxValue);
        model.Write(writer);
        AtomicFile.Write(path, writer.CopyTo);
    }
}
