namespace Gradus.Formats;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The tensors by name, in the order of their data.</param>
/// <param name="Metadata">The words kept with them.</param>
public sealed record SafeTensorsContents(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Whether the file carried checksums; all were right. Without them damage to the numbers goes unnoticed.</summary>
    public bool HasChecksums { get; init; }
}
