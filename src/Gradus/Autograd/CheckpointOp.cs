namespace Gradus;

/// <summary>What a checkpoint keeps beside its inputs.</summary>
/// <param name="Function">The function to evaluate again.</param>
/// <param name="Closed">Tensors of the graph that the function closes over, with the versions they had.</param>
/// <param name="Draws">From where each random stream was drawn.</param>
internal sealed record CheckpointArgs(Func<Tensor[], Tensor> Function, (Tensor Tensor, int Version)[] Closed, Dictionary<Generator, long> Draws);

/// <summary>A function that keeps its inputs alone and is evaluated again when its gradient is wanted.</summary>
internal sealed class CheckpointOp : Op<CheckpointArgs>
{
    /// <summary>As many inputs as can be kept.</summary>
    public const int MostInputs = 15;

    private readonly int _inputs;

    private CheckpointOp(int inputs) : base("checkpoint") => _inputs = inputs;

    internal override bool IsJoint => true;

    /// <summary>Evaluates the function and records it as one node, whose inputs are the function's and, after them, what it closes over.</summary>
    public static Tensor Apply(Func<Tensor[], Tensor> function, ReadOnlySpan<Tensor> inputs)
    {
        var draws = new Dictionary<Generator, long>();
        Tensor output;
        Tensor[] closed;
        using (GradMode.Disable())
        using (Generator.NoteDraws(draws))
        using (var closure = new Closure())
        {
            output = function([.. inputs.ToArray().Select(static input => input.Detach())]) ?? throw Errors.NoResult("checkpoint");
            closed = closure.Tensors;
        }

        var result = Tensor.Over(output, output.Layout);
        new CheckpointOp(inputs.Length).Finish([.. inputs, .. closed], new CheckpointArgs(function, Array.ConvertAll(closed, static tensor => (tensor, tensor.Storage.Version)), draws), [result]);
        return result;
    }

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => [((Node<CheckpointArgs>)node).Args.Function(inputs[.._inputs])];

    internal override Tensor?[] DifferentiateAll(Node node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted, bool recording)
    {
        var args = ((Node<CheckpointArgs>)node).Args;
        var inputs = new Tensor[node.InputCount];
        for (var input = 0; input < _inputs; input++)
        {
            var restored = node.Restore(ReadsExtensions.OfInput(input));
            using var mode = GradMode.Set(true);
            // A node of its own: the pass that is under way is at the input's.
            if (restored.Node is not null) inputs[input] = Ops.Identity.Apply(restored, default);
            else inputs[input] = wanted[input] ? restored.Detach().RequireGrad() : restored;
        }

        for (var index = 0; index < args.Closed.Length; index++)
        {
            var (tensor, version) = args.Closed[index];
            if (tensor.Storage.Version != version) throw new GradusException($"backward: checkpoint closes over {tensor.Describe()}, and {tensor.Storage.LastChange} changed it before it was evaluated again. Make the change after Backward.");
            inputs[_inputs + index] = tensor;
        }

        var output = Repeat(args, inputs[.._inputs]);
        var results = new Tensor?[inputs.Length];
        if (output.Node is null) return results;
        var targets = new List<int>();
        for (var input = 0; input < inputs.Length; input++)
        {
            if (wanted[input]) targets.Add(input);
        }

        var collected = BackwardPass.Collect([output], [gradients[0]], targets.Select(target => inputs[target]).ToArray(), recording, recording, stopAtTargets: true);
        for (var index = 0; index < targets.Count; index++) results[targets[index]] = collected[index];
        return results;
    }

    protected override Rule<CheckpointArgs>? RuleOf(int input) => null;

    private protected override Reads ReadsFor(ReadOnlySpan<Tensor> inputs, int outputs)
    {
        // What the function closes over it finds by itself.
        var reads = Reads.None;
        for (var input = 0; input < _inputs; input++) reads |= ReadsExtensions.OfInput(input);
        return reads;
    }

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, CheckpointArgs args, Span<Meta> outputs) => throw new InvalidOperationException("A checkpoint infers nothing.");

    protected override void Invoke(ReadOnlySpan<Tensor> inputs, CheckpointArgs args, ReadOnlySpan<Tensor> outputs) => throw new InvalidOperationException("A checkpoint has no kernel.");

    private static Tensor Repeat(CheckpointArgs args, Tensor[] inputs)
    {
        var now = args.Draws.Keys.ToDictionary(static stream => stream, static stream => stream.Position);
        foreach (var (stream, position) in args.Draws) stream.Position = position;
        try
        {
            using var mode = GradMode.Set(true);
            // The function may keep what it computes, so nothing of it is freed with the engine's temporaries.
            using var suspension = TensorScope.Suspend();
            return args.Function(inputs) ?? throw Errors.NoResult("checkpoint");
        }
        finally
        {
            foreach (var (stream, position) in now) stream.Position = position;
        }
    }

    /// <summary>Gathers the tensors of the graph that a function reads though nobody gave them to it. Nothing is recorded meanwhile, so only those have a node.</summary>
    private sealed class Closure : OperatorObserver
    {
        private readonly List<Tensor> _tensors = [];

        public Tensor[] Tensors => [.. _tensors];

        protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            foreach (var input in inputs)
            {
                if (input.Node is not null && !_tensors.Exists(tensor => tensor.Node == input.Node && tensor.OutputIndex == input.OutputIndex)) _tensors.Add(input);
            }
        }
    }
}
