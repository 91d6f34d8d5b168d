namespace Gradus.Nn;

/// <summary>The sizes of a <see cref="VisionTransformer"/>. Defaults: those of ViT-base with patches of 16 × 16.</summary>
public sealed record VisionTransformerOptions
{
    /// <summary>Height and width of a picture; the patches divide it. Default: 224.</summary>
    public int PictureSize { get; init; } = 224;

    /// <summary>Channels of a picture. Default: 3.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Height and width of a patch. Default: 16.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>The number of blocks. Default: 12.</summary>
    public int Layers { get; init; } = 12;

    /// <summary>The heads of each attention; they divide the width. Default: 12.</summary>
    public int Heads { get; init; } = 12;

    /// <summary>The size of a patch's embedding. Default: 768.</summary>
    public int Width { get; init; } = 768;

    /// <summary>The numbers between the products of each block. Default: 3072.</summary>
    public int Inner { get; init; } = 3072;

    /// <summary>The function between them. Default: <see cref="FeedForwardActivation.Gelu"/>.</summary>
    public FeedForwardActivation Activation { get; init; } = FeedForwardActivation.Gelu;

    /// <summary>ε of the norms. Default: 1e-12.</summary>
    public double Epsilon { get; init; } = 1e-12;

    /// <summary>The probability of dropping, in training. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Classes; 0: the network gives the states, and has no classifier. Default: 1000.</summary>
    public int Outputs { get; init; } = 1000;

    /// <summary>Whether there is a <see cref="VisionTransformer.Pooler"/>. Default: false.</summary>
    public bool HasPooler { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(VisionTransformerOptions), PrintMembers);
}
