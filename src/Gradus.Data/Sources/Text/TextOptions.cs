namespace Gradus.Data;

/// <summary>The options of <see cref="TextFile.Load"/>.</summary>
public sealed record TextOptions
{
    /// <summary>Number of characters per window. Default: 64.</summary>
    public int Context { get; init; } = 64;

    /// <summary>The fraction of the text, at its end, for validation, from 0 to below 1. Default: 0.1.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The characters and their numbers. Default: null, those of the file in the order of their code points.</summary>
    public Vocabulary? Vocabulary { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TextOptions), PrintMembers);
}
