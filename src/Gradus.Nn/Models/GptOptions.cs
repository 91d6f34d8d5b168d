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

    /// <summary>The numbers between the products of each block. Default: null, 4 · width.</summary>
    public int? Inner { get; init; }

    /// <summary>
    /// The function between them. Default: <see cref="FeedForwardActivation.Gelu"/>; GPT-2's is <see cref="FeedForwardActivation.GeluTanh"/>.
    /// </summary>
    public FeedForwardActivation Activation { get; init; } = FeedForwardActivation.Gelu;

    /// <summary>ε of the norms. Default: 1e-5.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether the head has no weights of its own: those of the embeddings are its. Default: false; GPT-2 has it so.</summary>
    public bool TiedHead { get; init; }

    /// <summary>Whether scores of the attention are divided by √(width / heads). Default: true.</summary>
    public bool ScalesScores { get; init; } = true;

    /// <summary>Whether scores of block i, counted from 1, are divided by i too. Default: false.</summary>
    public bool ScalesScoresByBlock { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GptOptions), PrintMembers);
}
