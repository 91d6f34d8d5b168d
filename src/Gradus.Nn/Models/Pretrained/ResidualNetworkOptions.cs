namespace Gradus.Nn;

/// <summary>The sizes of a <see cref="ResidualNetwork"/>. Defaults: those of ResNet-50.</summary>
public sealed record ResidualNetworkOptions
{
    /// <summary>Channels of a picture. Default: 3.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Channels after the first convolution. Default: 64.</summary>
    public int StemWidth { get; init; } = 64;

    /// <summary>Channels after each stage. Default: 256, 512, 1024, 2048.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [256, 512, 1024, 2048];

    /// <summary>Blocks of each stage. Default: 3, 4, 6, 3.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [3, 4, 6, 3];

    /// <summary>Whether blocks are bottlenecks of three convolutions; else they have two. Default: true.</summary>
    public bool IsBottleneck { get; init; } = true;

    /// <summary>Whether the first stage halves height and width as the others do. Default: false.</summary>
    public bool HalvesInFirstStage { get; init; }

    /// <summary>Whether a bottleneck takes its steps in its first convolution instead of its second. Default: false.</summary>
    public bool StridesInFirst { get; init; }

    /// <summary>Classes; 0: the network gives the means of the last channels, and has no linear layer. Default: 1000.</summary>
    public int Outputs { get; init; } = 1000;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ResidualNetworkOptions), PrintMembers);
}
