namespace Gradus.Nn;

/// <summary>What layers that treat channels alike have in common.</summary>
internal static class Channels
{
    /// <summary>A number for each channel, shaped to broadcast along axis 1 of an input: [channels] → [channels, 1, …].</summary>
    public static Tensor Along(Tensor values, Tensor input)
    {
        Span<int> sizes = stackalloc int[input.Rank - 1];
        sizes.Fill(1);
        sizes[0] = values.Shape[0];
        return values.Reshape(sizes);
    }
}
