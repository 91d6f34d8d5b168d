namespace Gradus.Nn;

/// <summary>The sizes of a <see cref="Gpt"/>.</summary>
public sealed record GptOptions
{
    /// <summary>The number of blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>The heads of each attention; they divide the width.</summary>
    public required int Heads { get; init; }

    /// <summary>The size of a token's embedding.</summary>
    public required int Width { get; init; }

    /// <summary>How many tokens it can look at: the longest sequence.</summary>
    public required int Context { get; init; }

    /// <summary>The probability of dropping, after the embeddings and at the end of each branch. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GptOptions), PrintMembers);
}
