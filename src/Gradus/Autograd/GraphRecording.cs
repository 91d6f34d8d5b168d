namespace Gradus;

/// <summary>A stretch of code whose graphs remember more than back-propagation needs: every value, and the module that computed it.</summary>
/// <remarks>
/// For drawing and explaining, not for training: every value lives as long as its graph. Holds for the thread that began it; what is recorded is still there
/// when it has ended.
/// <code>
/// using var recording = new GraphRecording();
/// var loss = Losses.CrossEntropy(model.Forward(x), labels);
/// File.WriteAllText("loss.svg", SvgWriter.Write(loss.Graph()));
/// </code>
/// </remarks>
public sealed class GraphRecording : IDisposable
{
    [ThreadStatic]
    private static GraphRecording? t_current;

    private readonly GraphRecording? _outer = t_current;
    private readonly Watch _watch;

    // Where a tensor was when it was given to a module, and where one without a node was computed.
    private readonly Dictionary<Storage, ModuleScope?> _given = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Storage, ModuleScope?> _computed = new(ReferenceEqualityComparer.Instance);
    private ModuleScope? _scope;
    private volatile bool _ended;

    /// <summary>Begins a stretch on this thread.</summary>
    public GraphRecording()
    {
        _watch = new Watch(this);
        t_current = this;
    }

    /// <summary>What records on this thread, if anything.</summary>
    internal static GraphRecording? Current
    {
        get
        {
            // One that another thread has ended is over here too.
            while (t_current is { _ended: true }) t_current = t_current._outer;
            return t_current;
        }

        // For a thread that works for another while that one waits.
        set => t_current = value;
    }

    /// <summary>Ends the stretch.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        if (t_current == this) t_current = _outer;
        _watch.Dispose();
    }

    /// <summary>A module is called.</summary>
    /// <param name="path">Its path from the outermost module, empty for that one itself.</param>
    /// <param name="title">How it is printed.</param>
    /// <param name="inputs">What it is given.</param>
    internal void Enter(string path, string title, IEnumerable<Tensor> inputs)
    {
        foreach (var input in inputs) _given.TryAdd(input.Storage, _scope);
        _scope = new ModuleScope(_scope, path, title);
    }

    /// <summary>The innermost call has ended.</summary>
    /// <param name="title">How the module is printed, now that it may have learnt its sizes.</param>
    internal void Leave(string title)
    {
        _scope!.Title = title;
        _scope = _scope.Outer;
    }

    private void Note(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        Node? node = null;
        foreach (var output in outputs)
        {
            if (output.Node is not null) node = output.Node;
            else _computed.TryAdd(output.Storage, _scope);
        }

        if (node is null) return;
        // What is kept belongs to no scope, so that a layer that ends does not free it.
        using var suspension = TensorScope.Suspend();
        var homes = new ModuleScope?[inputs.Length];
        for (var index = 0; index < homes.Length; index++) homes[index] = HomeOf(inputs[index]);
        node.Extras.Call = new RecordedCall(Keep(inputs), Keep(outputs), _scope, homes);
    }

    // A parameter is computed wherever it is first asked for; that says nothing.
    private ModuleScope? HomeOf(Tensor tensor) =>
        _given.TryGetValue(tensor.Storage, out var home) || (tensor.Node is null && _computed.TryGetValue(tensor.Storage, out home))
            ? home
            : ModuleScope.Unknown;

    private static Tensor[] Keep(ReadOnlySpan<Tensor> tensors)
    {
        var kept = new Tensor[tensors.Length];
        for (var index = 0; index < kept.Length; index++)
        {
            kept[index] = Tensor.Over(tensors[index], tensors[index].Layout);
            if (tensors[index].Name is { } name) kept[index].Named(name);
            kept[index].Own(null);
        }

        return kept;
    }

    private sealed class Watch(GraphRecording owner) : OperatorObserver
    {
        protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            // Of recordings that nest, the innermost knows the modules.
            if (t_current == owner) owner.Note(inputs, outputs);
        }
    }
}
