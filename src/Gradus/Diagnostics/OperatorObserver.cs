namespace Gradus;

/// <summary>Sees every operator that this thread evaluates, from its making until its end: for finding faults, not for everyday training.</summary>
/// <remarks>Observers nest, and each sees all. What an observer computes itself is not observed.</remarks>
internal abstract class OperatorObserver : IDisposable
{
    [ThreadStatic]
    private static OperatorObserver? t_innermost;

    private readonly OperatorObserver? _outer;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _ended;

    protected OperatorObserver()
    {
        _outer = t_innermost;
        t_innermost = this;
    }

    /// <summary>Who observes this thread: to be carried to one that works for it while it waits.</summary>
    public static OperatorObserver? OfThread
    {
        get => t_innermost;
        set => t_innermost = value;
    }

    /// <summary>Whether anyone observes this thread.</summary>
    public static bool IsAny => t_innermost is not null && Innermost() is not null;

    /// <summary>
    /// Whether what is observed on this thread has to hold for inputs of any values: nothing may then be chosen by those that are there, and no shortcut taken
    /// that holds for them alone.
    /// </summary>
    public static bool ForAnyValues
    {
        get
        {
            if (!IsAny) return false;
            for (var observer = t_innermost; observer is not null; observer = observer._outer)
            {
                if (observer is { _ended: false, IsForAnyValues: true }) return true;
            }

            return false;
        }
    }

    /// <summary>Whether the observer wants a computation that holds for inputs of any values.</summary>
    protected virtual bool IsForAnyValues => false;

    /// <summary>Ends the observation.</summary>
    /// <exception cref="GradusException">It was begun on another thread, where it ends too.</exception>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new GradusException(
                "watch: ended on another thread than it was begun on; what happened since then was not watched. Put no `await` inside the stretch.");
        }

        _ = Innermost();
    }

    // One that has ended, here or on another thread, sees nothing more.
    private static OperatorObserver? Innermost()
    {
        while (t_innermost is { _ended: true }) t_innermost = t_innermost._outer;
        return t_innermost;
    }

    /// <summary>Tells that an operator gave outputs.</summary>
    public static void NotifyResult(Op op, object arguments, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        using var pause = new Pause();
        for (var observer = pause.Innermost; observer is not null; observer = observer._outer)
        {
            if (!observer._ended) observer.SeeCall(op, arguments, inputs, outputs);
        }
    }

    /// <summary>Tells that a tensor's elements are read by other code than operators.</summary>
    public static void NotifyRead(Tensor tensor)
    {
        using var pause = new Pause();
        for (var observer = pause.Innermost; observer is not null; observer = observer._outer)
        {
            if (!observer._ended) observer.SeeRead(tensor);
        }
    }

    /// <summary>Tells that a tensor was cut off from the graph.</summary>
    public static void NotifyCut(Tensor tensor, Tensor cut)
    {
        using var pause = new Pause();
        for (var observer = pause.Innermost; observer is not null; observer = observer._outer)
        {
            if (!observer._ended) observer.SeeCut(tensor, cut);
        }
    }

    /// <summary>Tells that a node gave the gradient of an input from that of its outputs.</summary>
    public static void NotifyGradient(Node node, int input, ReadOnlySpan<Tensor?> gradients, Tensor share)
    {
        using var pause = new Pause();
        for (var observer = pause.Innermost; observer is not null; observer = observer._outer)
        {
            if (!observer._ended) observer.SeeGradient(node, input, gradients, share);
        }
    }

    /// <summary>An operator was called with arguments and gave outputs. By default its result is seen alone.</summary>
    protected virtual void SeeCall(Op op, object arguments, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => SeeResult(op, inputs, outputs);

    /// <summary>An operator gave outputs; they have their node already, if they get one.</summary>
    protected virtual void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
    }

    /// <summary>A tensor's elements are read.</summary>
    protected virtual void SeeRead(Tensor tensor)
    {
    }

    /// <summary>A tensor was cut off from the graph.</summary>
    protected virtual void SeeCut(Tensor tensor, Tensor cut)
    {
    }

    /// <summary>A node gave the gradient of an input.</summary>
    protected virtual void SeeGradient(Node node, int input, ReadOnlySpan<Tensor?> gradients, Tensor share)
    {
    }

    /// <summary>A stretch in which nothing is observed: inside of an observer, or of a derivative that is judged as a whole.</summary>
    public readonly ref struct Pause
    {
        public Pause()
        {
            Innermost = t_innermost;
            t_innermost = null;
        }

        public OperatorObserver? Innermost { get; }

        public void Dispose() => t_innermost = Innermost;
    }
}
