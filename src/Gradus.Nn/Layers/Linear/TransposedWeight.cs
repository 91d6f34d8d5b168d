namespace Gradus.Nn;

/// <summary>Wᵀ beside W, for a few rows at a time without a graph: a service that answers one request after the other.</summary>
/// <remarks>
/// A row times Wᵀ sums along the rows of W, whose elements must be transposed on the way into the lanes: 30 of the 46 µs of a perceptron of 784-512-256-10
/// with one sample. A copy is made when W is met unchanged for the second time, and is good as long as W stays so. The sums and their order are the same,
/// and so are the bits.
/// </remarks>
internal sealed class TransposedWeight
{
    // From a fifth row on the product itself packs W; above 16 MB the memory is the limit either way, and a copy would be dear.
    private const int MostRows = 4;
    private const int MostElements = 4 << 20;

    // One object, so that threads that share the layer see all of it or nothing.
    private Entry? _entry;

    /// <summary>Wᵀ, dense, where it pays to use it; else null.</summary>
    public Tensor? For(Tensor input, Tensor weight)
    {
        // A graph is to read the weight itself, and whoever observes, as a checkpoint does for the graph it will make, is to see that.
        if (GradMode.IsEnabled || OperatorObserver.IsAny || input.Rank < 2 || input.Shape[-1] != weight.Shape[1] || input.DType != weight.DType ||
            weight.Count > MostElements || input.Count > (long)MostRows * input.Shape[-1])
        {
            if (GradMode.IsEnabled) _entry = null;
            return null;
        }

        var storage = weight.Storage;
        if (_entry is not { } entry || !ReferenceEquals(entry.Storage, storage) || entry.Version != storage.Version)
        {
            _entry = new Entry(storage, storage.Version, null);
            return null;
        }

        if (entry.Transposed is not null) return entry.Transposed;
        using var suspension = TensorScope.Suspend();
        var transposed = weight.Transpose().Contiguous();
        _entry = entry with { Transposed = transposed };
        return transposed;
    }

    private sealed record Entry(Storage Storage, int Version, Tensor? Transposed);
}
