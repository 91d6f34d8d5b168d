namespace Gradus.Nn;

/// <summary>
/// Watches one evaluation of a loss: what each module gives, and each activation function inside it; and, until it is disposed, the gradients that come back.
/// </summary>
internal sealed class FlowRecorder : ModuleObserver, IDisposable
{
    private readonly Module _model;
    private readonly Dictionary<Module, ModuleRecord> _records = new(ReferenceEqualityComparer.Instance);
    private readonly List<ModuleRecord> _finished = [];
    private readonly Stack<ModuleRecord?> _open = [];
    private readonly List<IDisposable> _hooks = [];

    // Where the network's output stands in the graph, and views of it.
    private readonly HashSet<Node> _outputs = [];

    // Counts operators; a parameter was read last at the second.
    private long _clock, _lastParameter;

    public FlowRecorder(Module model)
    {
        _model = model;
        foreach (var (path, module) in model.NamedModules()) _records.TryAdd(module, new ModuleRecord(module, path));
    }

    /// <summary>The modules that were called, in the order in which they first finished, and after them the others.</summary>
    public IEnumerable<ModuleRecord> Records => _finished.Concat(_records.Values.Where(static record => record.Calls == 0));

    /// <summary>Mean and deviation of what the network was given; null if that were no numbers.</summary>
    public (double Mean, double Deviation)? Input { get; private set; }

    /// <summary>Mean and deviation of what the network's output was compared with; null if nothing was taken away from it.</summary>
    public (double Mean, double Deviation)? Target { get; private set; }

    /// <summary>Where the output of the outermost module's last call stands in the graph; null if it is in none.</summary>
    public Node? OutputNode { get; private set; }

    /// <summary>The outermost module that was called last.</summary>
    public ModuleRecord? Outermost { get; private set; }

    /// <summary>Evaluates the loss.</summary>
    public Tensor Watch(Func<Tensor> loss)
    {
        Tensor value;
        using (Listen())
        using (new Operators(this))
        {
            value = loss();
        }

        foreach (var activation in _finished.SelectMany(static record => record.Activations)) activation.IsHidden = activation.LastSeen < _lastParameter;
        return value;
    }

    public override void Enter(Module module)
    {
        // A module that is no part of the network, such as a teacher's, is passed over.
        _open.Push(_records.GetValueOrDefault(module));
        if (module.OwnParameters().Any()) _lastParameter = _clock;
    }

    public override void Leave(object? input, object? output)
    {
        if (_open.Pop() is not { } record) return;
        var isOutermost = _open.All(static other => other is null);
        using var pause = new OperatorObserver.Pause();
        if (record.Calls == 0) _finished.Add(record);
        record.See([.. TensorsIn(output)], isOutermost, _hooks);
        if (!isOutermost) return;
        Outermost = record;
        OutputNode = output is Tensor { Node: { } node } ? node : null;
        if (OutputNode is not null) _outputs.Add(OutputNode);
        if (Input is null && TensorsIn(input).FirstOrDefault() is { DType.IsFloat: true, Count: > 0 } given) Input = Measure.Moments(given);
    }

    public void Dispose()
    {
        foreach (var hook in _hooks) hook.Dispose();
    }

    private sealed class Operators(FlowRecorder recorder) : OperatorObserver
    {
        protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            recorder._clock++;
            foreach (var input in inputs)
            {
                if (input.Node is { IsLeaf: true }) recorder._lastParameter = recorder._clock;
            }

            if (inputs.Length > 0) SeeTarget(op, inputs, outputs[0]);
            if (!ActivationRecord.IsWatched(op) || !recorder._open.TryPeek(out var record) || record is null) return;
            record.ActivationOf(op).See(outputs[0], recorder._clock, recorder._hooks);
        }

        /// <summary>A loss of distances takes the target, a constant, away from the output, or the output from it.</summary>
        private void SeeTarget(Op op, ReadOnlySpan<Tensor> inputs, Tensor result)
        {
            if (inputs[0].Node is { } first && recorder._outputs.Contains(first) && result.Node is { } view && LossGraph.IsView(view))
            {
                recorder._outputs.Add(view);
            }

            if (op != Ops.Subtract || recorder.Target is not null) return;
            for (var index = 0; index < inputs.Length; index++)
            {
                var (output, target) = (inputs[index], inputs[1 - index]);
                if (output.Node is not { } node || !recorder._outputs.Contains(node)
                    || target.Node is not null || target.Shape != output.Shape || target.Count == 0)
                {
                    continue;
                }

                recorder.Target = Measure.Moments(target);
            }
        }
    }
}
