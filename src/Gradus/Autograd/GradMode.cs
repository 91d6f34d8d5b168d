namespace Gradus;

/// <summary>Whether operations are recorded into the graph, on this thread and in the asynchronous work that flows from it.</summary>
internal static class GradMode
{
    // Reading an AsyncLocal on every operator would cost more than a small operator; its change handler keeps this copy right instead.
    [ThreadStatic]
    private static bool t_disabled;

    private static readonly AsyncLocal<bool> Flowing = new(static change => t_disabled = change.CurrentValue);

    public static bool IsEnabled => !t_disabled;

    /// <summary>Sets the mode for the current flow, asynchronous continuations included.</summary>
    public static bool Exchange(bool enabled)
    {
        var before = !t_disabled;
        if (before != enabled) Flowing.Value = !enabled;
        return before;
    }

    /// <summary>Turns recording off on this thread until the result is disposed; for synchronous stretches of the engine.</summary>
    public static Restorer Disable() => Set(false);

    /// <summary>Turns recording on or off on this thread until the result is disposed; for synchronous stretches of the engine.</summary>
    public static Restorer Set(bool enabled)
    {
        var restorer = new Restorer(t_disabled);
        t_disabled = !enabled;
        return restorer;
    }

    internal readonly ref struct Restorer(bool disabled)
    {
        public void Dispose() => t_disabled = disabled;
    }
}

/// <summary>A stretch of code whose operations are not recorded: evaluation, updates by hand.</summary>
/// <remarks>Flows through <c>await</c>. <code>using (new NoGrad()) { var logits = model.Forward(x); }</code></remarks>
public sealed class NoGrad : IDisposable
{
    private readonly bool _before = GradMode.Exchange(false);
    private bool _ended;

    /// <summary>Ends the stretch and restores what was before.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        GradMode.Exchange(_before);
    }
}
