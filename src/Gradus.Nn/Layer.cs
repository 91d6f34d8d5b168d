namespace Gradus.Nn;

/// <summary>
/// A layer of this library. Write your own as a <see cref="Module{TIn, TOut}"/>, which gets the same memory by <see cref="Module.KeepsNothing"/>.
/// </summary>
/// <remarks>
/// A layer keeps nothing of what passes through it, so that what a chain of layers computes on the way is given back as soon as the next layer has read it
/// (what back-propagation needs stays), and the next layer finds that memory warm in the cache. In a training step of a small convolutional network this
/// halves the memory and spares the collections.
/// </remarks>
public abstract class Layer<TIn, TOut> : Module<TIn, TOut>
{
    private protected Layer()
    {
    }

    /// <inheritdoc/>
    protected sealed override bool KeepsNothing => true;

    // A layer without parts makes little besides its result.
    internal sealed override bool IsWorthAScope => Children.Count > 0;
}
