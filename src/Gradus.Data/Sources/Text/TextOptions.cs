namespace Gradus.Data;

/// <summary>How a text is read.</summary>
public sealed record TextOptions
{
    /// <summary>Characters in a window. Default 64.</summary>
    public int Context { get; init; } = 64;

    /// <summary>The share of the text, at its end, that is for validation. Default 0.1.</summary>
    public double Valid { get; init; } = 0.1;

    /// <summary>The characters and their numbers; null, the default, for those of the file in the order of their code points.</summary>
    public Vocabulary? Vocabulary { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TextOptions), PrintMembers);
}
