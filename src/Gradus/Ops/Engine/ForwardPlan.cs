using System.Runtime.InteropServices;

namespace Gradus;

/// <summary>
/// A computation from one tensor to another, recorded once and run again on other numbers of the same shape without allocating: its operators run in
/// their order into the tensors that the recording made.
/// </summary>
/// <remarks>
/// The bits are those of the computation, since the same kernels run on the same shapes. What hangs on the input by other ways than operators cannot be
/// recorded: numbers that are read in between, functions of the user's. One thread at a time may run a plan.
/// </remarks>
internal sealed class ForwardPlan
{
    private readonly Tensor _input;
    private readonly Tensor _output;
    private readonly Action[] _steps;

    private ForwardPlan(Tensor input, Tensor output, Action[] steps) => (_input, _output, _steps) = (input, output, steps);

    /// <summary>Number of numbers that <see cref="Run"/> writes.</summary>
    public int OutputCount => (int)_output.Count;

    /// <summary>Bytes of the results that it keeps.</summary>
    public long Bytes { get; private init; }

    /// <summary>Records a computation.</summary>
    /// <param name="compute">The computation. It is called twice, and must not hang on anything but its input and what stays as it is.</param>
    /// <param name="example">An input, whose numbers all differ from zero so that a step that was missed shows.</param>
    /// <returns>The plan; null where the computation cannot be recorded.</returns>
    public static ForwardPlan? TryMake(Func<Tensor, Tensor> compute, Tensor example)
    {
        using var suspension = TensorScope.Suspend();
        using var noGrad = GradMode.Disable();
        var input = Tensor.Zeros(example.Shape, example.DType);
        Tensor output;
        Recorder recorder;
        using (recorder = new Recorder(input)) output = compute(input).Contiguous();
        if (!recorder.IsComplete || output.DType != DType.Float32 || !output.Layout.IsDense) return null;
        var plan = new ForwardPlan(input, output, [.. recorder.Steps]) { Bytes = recorder.Bytes };
        // A change in place is no operator and is missed: it shows where the plan gives other numbers than the computation.
        var found = new float[plan.OutputCount];
        plan.Run(example.Bytes(), found);
        return MemoryMarshal.AsBytes<float>(found).SequenceEqual(MemoryMarshal.AsBytes<float>(compute(example).ToArray<float>())) ? plan : null;
    }

    /// <summary>Computes the output for an input.</summary>
    /// <param name="input">The bytes of its elements, in row-major order.</param>
    /// <param name="output">Where the output goes: <see cref="OutputCount"/> numbers.</param>
    public void Run(ReadOnlySpan<byte> input, Span<float> output)
    {
        var place = _input.Bytes();
        input.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(place), place.Length));
        foreach (var step in _steps) step();
        MemoryMarshal.Cast<byte, float>(_output.Bytes()).CopyTo(output);
        GC.KeepAlive(this);
    }

    private sealed class Recorder : OperatorObserver
    {
        private readonly HashSet<Storage> _dependent = new(ReferenceEqualityComparer.Instance);

        public Recorder(Tensor input) => _dependent.Add(input.Storage);

        public long Bytes { get; private set; }

        public List<Action> Steps { get; } = [];

        public bool IsComplete { get; private set; } = true;

        protected override bool IsForAnyValues => true;

        protected override void SeeCall(Op op, object arguments, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            // What does not hang on the input, such as a weight in another type, stays as it is.
            if (!Depends(inputs)) return;
            // A view shows what its tensor holds by then; what consists of operators is told by them.
            if (Depends(outputs)) return;
            if (op.Prepare(arguments, Hold(inputs), Hold(outputs)) is { } step) Steps.Add(step);
            else IsComplete = false;
            foreach (var output in outputs)
            {
                if (_dependent.Add(output.Storage)) Bytes += output.Storage.Length;
            }
        }

        protected override void SeeRead(Tensor tensor) => IsComplete &= !_dependent.Contains(tensor.Storage);

        private bool Depends(ReadOnlySpan<Tensor> tensors)
        {
            foreach (var tensor in tensors)
            {
                if (_dependent.Contains(tensor.Storage)) return true;
            }

            return false;
        }

        // A layer gives back what the next one has read; the plan needs it at each run.
        private static Tensor[] Hold(ReadOnlySpan<Tensor> tensors)
        {
            var held = new Tensor[tensors.Length];
            for (var index = 0; index < held.Length; index++)
            {
                held[index] = Tensor.Over(tensors[index], tensors[index].Layout);
                held[index].Own(null);
            }

            return held;
        }
    }
}
