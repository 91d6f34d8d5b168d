namespace Gradus.Data;

/// <summary>How samples are read into memory.</summary>
public sealed record ReadOptions
{
    /// <summary>The maximal number of samples; what follows is not read. Default: null, all.</summary>
    public int? Limit { get; init; }

    /// <summary>Is told the number of samples read, every 1,000 and at the end. Default: null.</summary>
    public IProgress<int>? Progress { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ReadOptions), PrintMembers);
}
