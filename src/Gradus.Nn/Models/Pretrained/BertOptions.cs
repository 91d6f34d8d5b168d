namespace Gradus.Nn;

/// <summary>The sizes of a <see cref="Bert"/>. Defaults: those of BERT-base, uncased.</summary>
public sealed record BertOptions
{
    /// <summary>How many different tokens there are. Default: 30,522.</summary>
    public int Vocabulary { get; init; } = 30_522;

    /// <summary>The number of blocks. Default: 12.</summary>
    public int Layers { get; init; } = 12;

    /// <summary>The heads of each attention; they divide the width. Default: 12.</summary>
    public int Heads { get; init; } = 12;

    /// <summary>The size of a token's embedding. Default: 768.</summary>
    public int Width { get; init; } = 768;

    /// <summary>The numbers between the products of each block. Default: 3072.</summary>
    public int Inner { get; init; } = 3072;

    /// <summary>The function between them. Default: <see cref="FeedForwardActivation.Gelu"/>.</summary>
    public FeedForwardActivation Activation { get; init; } = FeedForwardActivation.Gelu;

    /// <summary>The longest sequence. Default: 512.</summary>
    public int Context { get; init; } = 512;

    /// <summary>How many different parts a sequence may have, such as two sentences. Default: 2.</summary>
    public int Segments { get; init; } = 2;

    /// <summary>ε of the norms. Default: 1e-12.</summary>
    public double Epsilon { get; init; } = 1e-12;

    /// <summary>The probability of dropping, in training. Default: 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Whether there is a <see cref="Bert.Pooler"/>. Default: true.</summary>
    public bool HasPooler { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(BertOptions), PrintMembers);
}
