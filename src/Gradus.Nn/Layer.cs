namespace Gradus.Nn;

/// <summary>A layer of this library. Write your own as a <see cref="Module{TIn, TOut}"/>.</summary>
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

    internal sealed override bool KeepsNothing => true;
}
