namespace Gradus.Nn;

/// <summary>The sizes of a <see cref="TransformerClassifier"/>.</summary>
public sealed record TransformerClassifierOptions
{
    /// <summary>Blocks. Default: 2.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Heads of the attention. Default: 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Numbers in a token, even and a multiple of the heads; the blocks' inner layers have four times as many. Default: 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>The blocks' dropout. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TransformerClassifierOptions), PrintMembers);
}
