namespace Gradus.Nn;

/// <summary>The outermost element around each line: [N, C, L] → [N, C, before + L + after].</summary>
public sealed class ReplicationPad1d : Padding
{
    /// <inheritdoc cref="ZeroPad1d(int)"/>
    public ReplicationPad1d(int width) : this(width, width)
    {
    }

    /// <inheritdoc cref="ZeroPad1d(int, int)"/>
    public ReplicationPad1d(int before, int after) : base(PadMode.Replicate, [(before, after)])
    {
    }
}
