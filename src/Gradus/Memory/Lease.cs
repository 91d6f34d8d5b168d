namespace Gradus;

/// <summary>
/// What a tensor that the user holds owes back: a reference to its storage and one to its node. Given back when the collector finds the tensor dropped.
/// </summary>
/// <remarks>
/// An object of its own, so that only tensors which hold pooled memory, or a graph that does, pay for a finalizer (95 ns against 9 ns for a plain object,
/// measured). The storage stays alive as long as this object does, and so does the node until a backward pass has walked over it; this object lives exactly as
/// long as its tensor.
/// </remarks>
internal sealed class Lease(Storage? storage, Node? node)
{
    /// <summary>The lease of a tensor that owes nothing any more: a layer's scope has freed it.</summary>
    public static readonly Lease EndedByLayer = new(null, null);

    private readonly NodeHold? _hold = node?.Hold();
    private Storage? _storage = storage;

    ~Lease() => GiveBack();

    /// <summary>Gives back now, once.</summary>
    public void End()
    {
        GC.SuppressFinalize(this);
        GiveBack();
    }

    private void GiveBack()
    {
        if (Interlocked.Exchange(ref _storage, null) is not { } storage) return;
        storage.Release();
        _hold?.End();
    }
}
