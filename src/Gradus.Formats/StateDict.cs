using System.Globalization;
using Gradus.Nn;

namespace Gradus.Formats;

/// <summary>Saves and loads a network's parameters and buffers by name: as safetensors, or in another format of <see cref="TensorFile"/>.</summary>
/// <remarks>Names and shapes are PyTorch's (<c>0.weight</c> of [out, in]), so weights move both ways.</remarks>
public static class StateDict
{
    /// <summary>Saves all parameters and buffers. The file is there whole or not at all.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">
    /// The file; one that is there is replaced. Its name tells the format: .pt and .pth are PyTorch's, .npz NumPy's, .dat TorchSharp's, all others safetensors.
    /// </param>
    /// <param name="metadata">Words to keep with it, such as the task and the date; for safetensors alone.</param>
    /// <exception cref="GradusException">The format cannot hold an element type, or words.</exception>
    public static void Save(this Module model, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var format = TensorFile.Formats.FirstOrDefault(format => format.HasExtension(path));
        if (format is null || format.HasExtension(".safetensors"))
        {
            SafeTensorsFile.Write(path, model.State(), metadata);
            return;
        }

        if (metadata is { Count: > 0 }) throw new GradusException($"{path}: {format.Name} keeps no words beside the tensors; expected .safetensors.");
        format.Write(path, new TensorFileContents(model.State(everyName: true), new Dictionary<string, object?>(), []));
    }

    /// <summary>
    /// Loads all parameters and buffers from a file of any format of <see cref="TensorFile"/>, which its first bytes tell. Nothing is changed unless all of
    /// them fit. What stands before the names, such as <c>state_dict/module.</c> of a checkpoint of PyTorch, is found by itself: see
    /// <see cref="StateMapping.Find"/>. Of an ONNX file, constants that are no weights of the network are passed over.
    /// </summary>
    /// <param name="model">A network of the same structure.</param>
    /// <param name="path">The file.</param>
    /// <returns>The words that were kept with it; of a checkpoint the texts, numbers and booleans beside the tensors.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no tensors.</exception>
    /// <exception cref="GradusException">A name is missing, unknown, or of another shape; all such names are listed.</exception>
    public static IReadOnlyDictionary<string, string> Load(this Module model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        var contents = TensorFile.Read(path);
        var mapping = StateMapping.Find(model, contents.Tensors.Keys);
        try
        {
            model.LoadState(OnnxTensors.WeightsOf(path, mapping.Apply(contents.Tensors), model));
        }
        catch (GradusException exception)
        {
            var taken = mapping.IsEmpty ? "" : $" Its names were taken so: {mapping}.";
            throw new GradusException($"{path}: {exception.Message}{taken}{(contents.DescribeLeftOut() is { } leftOut ? $" {leftOut}" : "")}", exception);
        }

        return contents.Values.Where(static entry => entry.Value is string or bool or long or double)
            .ToDictionary(static entry => entry.Key, static entry => Convert.ToString(entry.Value, CultureInfo.InvariantCulture)!, StringComparer.Ordinal);
    }
}
