using Gradus.Nn;

namespace Gradus.Formats;

/// <summary>Saves and loads a network's parameters and buffers by name, as a safetensors file.</summary>
/// <remarks>Names and shapes are PyTorch's (<c>0.weight</c> of [out, in]), so weights move both ways.</remarks>
public static class StateDict
{
    /// <summary>Saves all parameters and buffers. The file is there whole or not at all.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="metadata">Words to keep with it, such as the task and the date.</param>
    public static void Save(this Module model, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        SafeTensorsFile.Write(path, model.State(), metadata);
    }

    /// <summary>Loads all parameters and buffers. Nothing is changed unless all of them fit.</summary>
    /// <param name="model">A network of the same structure.</param>
    /// <param name="path">The file.</param>
    /// <returns>The words that were kept with it.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="GradusException">A name is missing, unknown, or of another shape; all such names are listed.</exception>
    public static IReadOnlyDictionary<string, string> Load(this Module model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (tensors, metadata) = SafeTensorsFile.Read(path);
        try
        {
            model.LoadState(tensors);
        }
        catch (GradusException exception)
        {
            throw new GradusException($"{path}: {exception.Message}", exception);
        }

        return metadata;
    }
}
