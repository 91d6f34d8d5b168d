namespace Gradus;

/// <summary>Whether operations are recorded into the graph, on this thread and in the asynchronous work that flows from it.</summary>
internal static class GradMode
{
    // Reading an AsyncLocal on every operator would cost more than a small operator; its change handler keeps these copies right instead.
    [ThreadStatic]
    private static bool t_disabled;

    [ThreadStatic]
    private static bool t_inference;

    private static readonly AsyncLocal<Recording> Flowing = new(static change => Copy(change.CurrentValue));

    /// <summary>What flows with the asynchronous work. The default of an AsyncLocal is the first.</summary>
    internal enum Recording
    {
        On,
        Off,

        /// <summary>Off, and not to be turned on again inside.</summary>
        Never,
    }

    public static bool IsEnabled => !t_disabled;

    /// <summary>Whether nothing can be recorded here.</summary>
    public static bool IsInference => t_inference;

    /// <summary>Turns recording on or off on this thread until the result is disposed; for synchronous stretches of the engine.</summary>
    public static Restorer Set(bool enabled)
    {
        var restorer = new Restorer(t_disabled);
        t_disabled = !enabled;
        return restorer;
    }

    /// <summary>Turns recording off on this thread until the result is disposed; for synchronous stretches of the engine.</summary>
    public static Restorer Disable() => Set(false);

    /// <summary>Sets the mode for the current flow, asynchronous continuations included.</summary>
    public static Stretch Begin(Recording recording)
    {
        var stretch = new Stretch(Flowing.Value, t_disabled);
        Flowing.Value = recording;
        // Inside a synchronous stretch of the engine the flow may say this already, and nothing has changed for its handler.
        Copy(recording);
        return stretch;
    }

    private static void Copy(Recording recording)
    {
        t_disabled = recording != Recording.On;
        t_inference = recording == Recording.Never;
    }

    internal readonly ref struct Restorer(bool disabled)
    {
        public void Dispose() => t_disabled = disabled;
    }

    /// <summary>What was before a stretch of the user's.</summary>
    internal readonly struct Stretch(Recording flowing, bool disabled)
    {
        public void End()
        {
            Flowing.Value = flowing;
            Copy(flowing);
            t_disabled = disabled;
        }
    }
}

/// <summary>A stretch of code whose operations are not recorded: evaluation, updates by hand.</summary>
/// <remarks>Flows through <c>await</c>. <code>using (new NoGrad()) { var logits = model.Forward(x); }</code></remarks>
public sealed class NoGrad : IDisposable
{
    private readonly GradMode.Stretch _before = GradMode.Begin(GradMode.IsInference ? GradMode.Recording.Never : GradMode.Recording.Off);
    private bool _ended;

    /// <summary>Ends the stretch and restores what was before.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        _before.End();
    }
}
