namespace Gradus;

/// <summary>What few nodes have, apart from them, so that the many stay small: hooks, retained gradients, a line of source.</summary>
internal sealed class NodeExtras
{
    private readonly Lock _lock = new();
    private (int Output, Func<Tensor, Tensor?> Hook)[] _hooks = [];
    private Action[] _afterwards = [];
    private Dictionary<int, GradientSlot>? _retained;

    /// <summary>The line of the user's code that evaluated the operator, where somebody watched.</summary>
    public string? Location { get; set; }

    /// <summary>The evaluation itself, where a <see cref="GraphRecording"/> kept it.</summary>
    public RecordedCall? Call { get; set; }

    /// <summary>Whether a module owns the leaf, as a <see cref="GraphRecording"/> found.</summary>
    public bool IsParameter { get; set; }

    /// <summary>The inputs, once somebody has asked for them.</summary>
    public IReadOnlyList<NodeInput>? Inputs { get; set; }

    /// <summary>What is called when a leaf's gradient has been added to.</summary>
    public Action[] Afterwards => _afterwards;

    /// <summary>Where the gradient of an output is kept, if somebody asked for that.</summary>
    public GradientSlot? RetainedAt(int output)
    {
        if (_retained is null) return null;
        lock (_lock) return _retained.GetValueOrDefault(output);
    }

    /// <summary>Keeps the gradient of an output from now on.</summary>
    public void Retain(int output, GradientSlot slot)
    {
        lock (_lock) (_retained ??= []).TryAdd(output, slot);
    }

    /// <summary>The hooks on every output's gradient.</summary>
    public ReadOnlySpan<(int Output, Func<Tensor, Tensor?> Hook)> Hooks => _hooks;

    // The arrays are replaced, never changed: a pass under way goes on with those it began with.
    public IDisposable AddHook(int output, Func<Tensor, Tensor?> hook)
    {
        var entry = (output, hook);
        lock (_lock) _hooks = [.. _hooks, entry];
        return new HookRegistration(() =>
        {
            lock (_lock) _hooks = [.. _hooks.Where(other => other != entry)];
        });
    }

    public IDisposable AddAfterwards(Action hook)
    {
        lock (_lock) _afterwards = [.. _afterwards, hook];
        return new HookRegistration(() =>
        {
            lock (_lock) _afterwards = [.. _afterwards.Where(other => other != hook)];
        });
    }
}

/// <summary>A hook that is in place until this is disposed.</summary>
internal sealed class HookRegistration(Action remove) : IDisposable
{
    private Action? _remove = remove;

    public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
}
