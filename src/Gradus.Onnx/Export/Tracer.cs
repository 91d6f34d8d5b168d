using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Runs a computation and notes what is evaluated. All modules behave as in use meanwhile.</summary>
internal sealed class Tracer : OperatorObserver
{
    private readonly Module? _root;
    private readonly Trace _trace = new();

    private Tracer(Module? root) => _root = root;

    /// <summary>Runs a computation without noting anything.</summary>
    public static void Settle(Func<Tensor[], IEnumerable<Tensor>> compute, Tensor[] inputs)
    {
        using var noGrad = GradMode.Disable();
        using var use = Module.InUse();
        foreach (var output in compute(inputs)) GC.KeepAlive(output);
    }

    /// <summary>Runs a computation once and notes it.</summary>
    /// <param name="root">The module whose parts give paths; null for a computation without modules.</param>
    /// <param name="compute">From inputs to outputs.</param>
    /// <param name="inputs">What goes in.</param>
    public static Trace Run(Module? root, Func<Tensor[], IEnumerable<Tensor>> compute, Tensor[] inputs)
    {
        using var noGrad = GradMode.Disable();
        using var use = Module.InUse();
        // What the run makes is kept for as long as the trace.
        using var suspension = TensorScope.Suspend();
        Trace trace;
        IEnumerable<Tensor> outputs;
        using (var tracer = new Tracer(root))
        {
            trace = tracer._trace;
            trace.Inputs = Array.ConvertAll(inputs, trace.Number);
            outputs = new WholeModules(tracer).Run(() => compute(inputs));
        }

        trace.Outputs = [.. outputs.Select(trace.Number)];
        return trace;
    }

    /// <inheritdoc/>
    protected override bool IsForAnyValues => true;

    /// <inheritdoc/>
    protected override void SeeRead(Tensor tensor) => _trace.Reads.Add((_trace.Number(tensor), PathOf(ModuleCall.Innermost)));

    /// <inheritdoc/>
    protected override void SeeCall(Op op, object arguments, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        var known = true;
        foreach (var output in outputs) known &= _trace.Knows(output);
        var from = Numbers(inputs);
        // A view of the same elements in the same form is the value itself.
        if (!known) _trace.Steps.Add(new TraceStep(op, arguments, null, PathOf(ModuleCall.Innermost), from, Numbers(outputs)));
    }

    private int[] Numbers(ReadOnlySpan<Tensor> tensors)
    {
        var numbers = new int[tensors.Length];
        for (var index = 0; index < numbers.Length; index++) numbers[index] = _trace.Number(tensors[index]);
        return numbers;
    }

    private string PathOf(Module? module)
    {
        var path = module?.Path ?? "";
        var above = _root?.Path ?? "";
        return above.Length > 0 && path.StartsWith(above, StringComparison.Ordinal) ? path[above.Length..].TrimStart('.') : path;
    }

    /// <summary>Puts in the place of what a module evaluated the module itself, where ONNX has an operator for all of it.</summary>
    private sealed class WholeModules(Tracer tracer) : ModuleObserver
    {
        private readonly Stack<(Module Module, int Steps, int Reads)> _open = new();

        public IEnumerable<Tensor> Run(Func<IEnumerable<Tensor>> compute)
        {
            using var listening = Listen();
            return [.. compute()];
        }

        public override void Enter(Module module) => _open.Push((module, tracer._trace.Steps.Count, tracer._trace.Reads.Count));

        public override void Leave(object? input, object? output)
        {
            var (module, steps, reads) = _open.Pop();
            if (ModuleTable.InputsOf(module, input) is not { } inputs) return;
            var trace = tracer._trace;
            trace.Steps.RemoveRange(steps, trace.Steps.Count - steps);
            trace.Reads.RemoveRange(reads, trace.Reads.Count - reads);
            trace.Steps.Add(new TraceStep(
                null, default(Operators.None), module, tracer.PathOf(module),
                [.. inputs.Select(trace.Number)], [.. TensorsOf.All(output).Select(trace.Number)]));
        }
    }
}
