namespace Gradus.Distributed;

/// <summary>How many bytes of values have gone out and come in.</summary>
internal sealed class WireBytes
{
    public long Sent { get; set; }

    public long Received { get; set; }
}
