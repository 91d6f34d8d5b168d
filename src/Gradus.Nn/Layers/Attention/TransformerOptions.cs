namespace Gradus.Nn;

/// <summary>
/// Settings of the blocks of a transformer: of <see cref="TransformerEncoderLayer"/>, <see cref="TransformerDecoderLayer"/> and <see cref="Transformer"/>.
/// </summary>
public sealed record TransformerOptions
{
    /// <summary>The width between the two products of a block. Default: 2048.</summary>
    public int FeedForward { get; init; } = 2048;

    /// <summary>The probability of dropping, in the attention, between the products, and before each sum. Default: 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>The function between the products. Default: <see cref="FeedForwardActivation.Relu"/>.</summary>
    public FeedForwardActivation Activation { get; init; }

    /// <summary>Whether each part is normalized before instead of after. Default: false.</summary>
    public bool NormFirst { get; init; }

    /// <summary>ε of the norms. Default: 1e-5.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TransformerOptions), PrintMembers);
}
