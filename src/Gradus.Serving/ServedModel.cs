namespace Gradus.Serving;

/// <summary>A model that a server serves.</summary>
/// <param name="Name">Its name in addresses: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
/// <param name="Path">Its file, which may be replaced at any time.</param>
public sealed record ServedModel(string Name, string Path)
{
    /// <summary>A line: <c>prices=prices.safetensors</c>.</summary>
    public override string ToString() => $"{Name}={Path}";

    /// <exception cref="ArgumentException">The name cannot be a part of an address.</exception>
    internal void Check()
    {
        var isPart = Name.Length is > 0 and <= 100 && Name[0] != '.' &&
            Name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');
        if (isPart) return;
        throw new ArgumentException($"The model name '{Name}' is no part of an address: expected letters from a to z, digits, '.', '_' and '-'.");
    }
}
