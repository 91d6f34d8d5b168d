namespace Gradus.Formats;

/// <summary>A format of files that hold tensors by name.</summary>
/// <param name="Name">What it is called: <c>safetensors</c>.</param>
/// <param name="Extensions">The ends of its files' names, the usual one first: <c>.pt</c>, <c>.pth</c>.</param>
/// <param name="Read">Reads a file.</param>
/// <param name="Inspect">Reads what a file says of its tensors, not their numbers.</param>
/// <param name="Write">Writes tensors to a file, which is there whole or not at all.</param>
public sealed record TensorFormat(
    string Name, IReadOnlyList<string> Extensions, Func<string, TensorFileContents> Read, Func<string, TensorFileSummary> Inspect,
    Action<string, TensorFileContents> Write)
{
    /// <summary>Whether a file is of this format by its name.</summary>
    public bool HasExtension(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
    }
}
