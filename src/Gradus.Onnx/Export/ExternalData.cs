using System.Globalization;
using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Tensors in a second file, where one would be too large.</summary>
internal static class ExternalData
{
    // So that a page of memory can be mapped to each tensor.
    private const long Alignment = 4096;

    /// <summary>Tensors of fewer bytes stay in the model's file, where shapes can be read from them.</summary>
    private const long LeastBytes = 1024;

    /// <summary>Writes a model, and a second file beside it if its tensors have more bytes than one file takes.</summary>
    public static void Write(string path, ModelProto model, IReadOnlyDictionary<string, Tensor> tensors, long most)
    {
        var graph = model.Graph!;
        if (tensors.Values.Sum(Bytes) < most)
        {
            OnnxWriter.Write(path, model);
            return;
        }

        var data = path + ".data";
        var offset = 0L;
        var moved = new List<(long Offset, Tensor Value)>();
        for (var index = 0; index < graph.Initializers.Count; index++)
        {
            var (name, value) = (graph.Initializers[index].Name, tensors[graph.Initializers[index].Name]);
            if (Bytes(value) < LeastBytes) continue;
            offset = (offset + Alignment - 1) / Alignment * Alignment;
            graph.Initializers[index] = Reference(name, value, Path.GetFileName(data), offset);
            moved.Add((offset, value));
            offset += Bytes(value);
        }

        AtomicFile.Write(data, stream =>
        {
            var written = 0L;
            foreach (var (start, value) in moved)
            {
                stream.Write(new byte[start - written]);
                Elements.Write(stream, value);
                written = start + Bytes(value);
            }
        });
        OnnxWriter.Write(path, model);
    }

    private static long Bytes(Tensor tensor) => tensor.Count * tensor.DType.Size;

    private static TensorProto Reference(string name, Tensor value, string file, long offset)
    {
        var tensor = TensorProto.Of(name, value);
        tensor.IsExternal = true;
        tensor.External.Add(new("location", file));
        tensor.External.Add(new("offset", offset.ToString(CultureInfo.InvariantCulture)));
        tensor.External.Add(new("length", Bytes(value).ToString(CultureInfo.InvariantCulture)));
        return tensor;
    }
}
