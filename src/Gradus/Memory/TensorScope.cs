namespace Gradus;

/// <summary>Frees at its end every tensor that was made inside it on the same thread, except those it was told to keep.</summary>
/// <remarks>
/// Optional: without a scope the collector finds dropped tensors by itself. A tensor used after its scope ended throws. A scope is of one thread: do not
/// <c>await</c> inside it. Gradients that a backward pass leaves on parameters, parameters themselves and optimizer states do not belong to a scope.
/// <code>
/// using var scope = new TensorScope();
/// var loss = Losses.MeanSquaredError(model.Forward(x), y);
/// return scope.Keep(loss);
/// </code>
/// </remarks>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? t_current;

    private readonly TensorScope? _outer;
    private readonly List<Tensor> _tensors = [];
    private readonly Kind _kind;

    // Who owns what is made while this scope is the innermost: itself, another, or, with null, the collector.
    private readonly TensorScope? _owner;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _ended;

    /// <summary>Begins a scope on this thread; scopes nest.</summary>
    public TensorScope() : this(Kind.User)
    {
    }

    private TensorScope(Kind kind)
    {
        _kind = kind;
        _owner = this;
        _outer = t_current;
        t_current = this;
    }

    private TensorScope(TensorScope? owner) : this(Kind.Redirection) => _owner = owner;

    private enum Kind
    {
        User,
        Temporaries,
        Layer,
        Redirection,
    }

    /// <summary>The scope that owns what is made now on this thread, if any.</summary>
    internal static TensorScope? Current
    {
        get
        {
            var innermost = t_current;
            if (innermost is { _ended: true }) innermost = Innermost();
            return innermost?._owner;
        }
    }

    /// <summary>The innermost scope of this thread that has not ended: one that another thread has ended is over here too.</summary>
    private static TensorScope? Innermost()
    {
        while (t_current is { _ended: true }) t_current = t_current._outer;
        return t_current;
    }

    /// <summary>Keeps a tensor beyond the scope: it lives in the scope around this one, else until it is dropped.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (Take(tensor)) tensor.Own(_outer?._owner);
        return tensor;
    }

    /// <summary>Ends the scope and frees what it owns.</summary>
    /// <exception cref="GradusException">A scope begun inside this one has not ended yet, or the scope was begun on another thread.</exception>
    public void Dispose()
    {
        if (_ended) return;
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _ended = true;
            throw new GradusException(
                "scope: ended on another thread than it was begun on; what was made since then is not in it. " +
                "Put no `await` between beginning and end of a scope.");
        }

        CheckInnermost();
        _ended = true;
        t_current = _outer;
        Clear();
    }

    /// <summary>
    /// Ends the scope and gives what it owns to nobody, so that another thread may take it over by <see cref="TakeOver"/>: what one thread computes for
    /// another would otherwise be left to the collector.
    /// </summary>
    /// <exception cref="GradusException">A scope begun inside this one has not ended yet.</exception>
    internal Tensor[] HandOver()
    {
        CheckInnermost();
        Tensor[] tensors = [.. _tensors];
        _tensors.Clear();
        Dispose();
        return tensors;
    }

    /// <summary>Makes tensors that another thread has handed over belong to the scope of this one, if any, else to the collector.</summary>
    internal static void TakeOver(Tensor[] tensors) => Own(tensors, Current);

    /// <summary>Leaves to the collector what was handed over and nobody takes.</summary>
    internal static void Abandon(Tensor[] tensors) => Own(tensors, scope: null);

    private static void Own(Tensor[] tensors, TensorScope? scope)
    {
        foreach (var tensor in tensors)
        {
            if (!tensor.IsFreed) tensor.Own(scope);
        }
    }

    /// <summary>Frees what the scope owns now and goes on.</summary>
    internal void Clear()
    {
        foreach (var tensor in _tensors)
        {
            if (_kind == Kind.Layer) tensor.EndByLayer();
            else tensor.End();
        }

        _tensors.Clear();
    }

    /// <summary>Frees what the scope owns now, except one tensor, and goes on.</summary>
    internal void ClearExcept(Tensor kept)
    {
        var owned = Take(kept);
        Clear();
        if (owned) _tensors.Add(kept);
    }

    /// <summary>Begins a stretch whose tensors belong to no scope: parameters, gradients, optimizer states.</summary>
    internal static TensorScope Suspend() => new(owner: null);

    /// <summary>Begins the scope of a layer of the library, which keeps nothing of what passes through it.</summary>
    internal static TensorScope OfLayer() => new(Kind.Layer);

    /// <summary>
    /// Inside a layer's scope, begins a stretch whose tensors belong to whoever owned them outside: a user's module may keep what it computes.
    /// </summary>
    internal static TensorScope? OutsideLayers()
    {
        var scope = Current;
        if (scope is not { _kind: Kind.Layer }) return null;
        while (scope is { _kind: Kind.Layer }) scope = scope._outer?._owner;
        return new TensorScope(scope);
    }

    /// <summary>Begins a scope of the engine's, which only frees memory: small tensors made in it stay usable.</summary>
    internal static TensorScope ForTemporaries() => new(Kind.Temporaries);

    private void CheckInnermost()
    {
        if (Innermost() != this)
        {
            throw new GradusException("scope: ended out of order. End scopes on the thread that began them, the innermost first (`using` does both).");
        }
    }

    internal void Add(Tensor tensor)
    {
        if (_kind != Kind.Temporaries || tensor.HoldsMemory) _tensors.Add(tensor);
    }

    /// <summary>Takes a tensor out of the scope: it is no longer freed with it. False if it was not made in it.</summary>
    internal bool Take(Tensor tensor)
    {
        // The one to keep is nearly always among the last made.
        var index = _tensors.LastIndexOf(tensor);
        if (index < 0) return false;
        _tensors.RemoveAt(index);
        return true;
    }
}
