namespace Gradus.Formats;

/// <summary>What a safetensors file says of itself: everything but the numbers.</summary>
/// <param name="Tensors">The tensors, in the order of their data.</param>
/// <param name="Metadata">The words kept with them.</param>
/// <param name="DataStart">The position in the file at which the data begin.</param>
public sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Tensors, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    /// <summary>Whether the file carries checksums of its header and its tensors, as those that Gradus writes do. That of the header was right.</summary>
    public bool HasChecksums { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SafeTensorsHeader), PrintMembers);
}
