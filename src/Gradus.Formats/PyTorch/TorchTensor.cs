namespace Gradus.Formats;

/// <summary>A tensor of a file: where in a storage its elements lie.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Offset">The first element, counted in elements from the begin of the whole storage.</param>
/// <param name="Sizes">The sizes of the axes.</param>
/// <param name="Strides">The elements from one position of an axis to the next.</param>
internal sealed record TorchTensor(TorchStorage Storage, TorchType Type, long Offset, long[] Sizes, long[] Strides)
{
    /// <summary>Why it cannot be read though its type could be; null where it can.</summary>
    public string? Fault { get; init; }

    /// <summary>The number of elements, which <see cref="TorchObjects"/> has made sure of.</summary>
    public long Count => Sizes.Aggregate(1L, static (product, size) => product * size);
}
