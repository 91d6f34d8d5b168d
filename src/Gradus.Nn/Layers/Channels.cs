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

    /// <summary>Ones for whole channels, some of them dropped and the others scaled: [samples, channels, 1, …].</summary>
    public static Tensor Dropped(Tensor input, double probability, Generator random)
    {
        var sizes = input.Shape.ToArray();
        sizes.AsSpan(2).Fill(1);
        return Tensor.Ones(Shape.Create(sizes), input.DType).Dropout(probability, random);
    }
}
