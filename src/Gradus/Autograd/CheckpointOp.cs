using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gradus;

/// <summary>What a checkpoint keeps beside its inputs.</summary>
/// <param name="Function">The function to evaluate again.</param>
/// <param name="Closed">Tensors of the graph that the function closes over, with the versions they had.</param>
/// <param name="Draws">From where each random stream was drawn.</param>
/// <param name="Substitutes">What stood for a network's parameters.</param>
/// <param name="Checksum">Tells whether a second evaluation gives the same.</param>
internal sealed record CheckpointArgs(
    Func<Tensor[], Tensor> Function, (Tensor Tensor, int Version)[] Closed,
    Dictionary<Generator, long> Draws, Dictionary<object, Tensor>? Substitutes, ulong Checksum);

/// <summary>A function that keeps its inputs alone and is evaluated again when its gradient is wanted.</summary>
internal sealed class CheckpointOp : Op<CheckpointArgs>
{
    /// <summary>As many inputs as can be kept.</summary>
    public const int MostInputs = 15;

    [ThreadStatic]
    private static bool t_repeats;

    private readonly int _inputs;

    private CheckpointOp(int inputs) : base("checkpoint") => _inputs = inputs;

    /// <summary>Whether a function is being evaluated again on this thread.</summary>
    public static bool Repeats => t_repeats;

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
        var args = new CheckpointArgs(
            function, Array.ConvertAll(closed, static tensor => (tensor, tensor.Storage.Version)), draws, Substitutes.Current, Checksum(output));
        new CheckpointOp(inputs.Length).Finish([.. inputs, .. closed], args, [result]);
        return result;
    }

    internal override Tensor[] Replay(Node node, Tensor[] inputs) => [Repeat(((Node<CheckpointArgs>)node).Args, inputs[.._inputs], GradMode.IsEnabled)];

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
            if (tensor.Storage.Version != version)
            {
                throw new GradusException(
                    $"backward: checkpoint closes over {tensor.Describe()}, and {tensor.Storage.LastChange} changed it before it was evaluated again. " +
                    "Make the change after Backward.");
            }

            inputs[_inputs + index] = tensor;
        }

        var output = Repeat(args, inputs[.._inputs], recording: true);
        // Equal inputs, streams and parameters give equal bits, so other bits are another function's.
        if (Checksum(output) != args.Checksum)
        {
            throw new GradusException("backward: the function of a checkpoint gave another result when it was evaluated again, " +
                "so its gradient would be that of another function. " +
                "Between Checkpoint and Backward something changed that it reads: a mode, by Eval or Train, or values that are no part of the graph. " +
                "Make the change after Backward.");
        }

        var results = new Tensor?[inputs.Length];
        if (output.Node is null) return results;
        var targets = new List<int>();
        for (var input = 0; input < inputs.Length; input++)
        {
            if (wanted[input]) targets.Add(input);
        }

        var collected = BackwardPass.Collect(
            [output], [gradients[0]], targets.Select(target => inputs[target]).ToArray(), recording, recording, stopAtTargets: true);
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

    protected override void InferAll(ReadOnlySpan<Tensor> inputs, CheckpointArgs args, Span<Meta> outputs) =>
        throw new InvalidOperationException("A checkpoint infers nothing.");

    protected override void Invoke(ReadOnlySpan<Tensor> inputs, CheckpointArgs args, ReadOnlySpan<Tensor> outputs) =>
        throw new InvalidOperationException("A checkpoint has no kernel.");

    private static Tensor Repeat(CheckpointArgs args, Tensor[] inputs, bool recording)
    {
        var now = args.Draws.Keys.ToDictionary(static stream => stream, static stream => stream.Position);
        foreach (var (stream, position) in args.Draws) stream.Position = position;
        var (repeated, substituted) = (t_repeats, Substitutes.Exchange(args.Substitutes));
        t_repeats = true;
        try
        {
            using var mode = GradMode.Set(recording);
            // The function may keep what it computes, so nothing of it is freed with the engine's temporaries.
            using var suspension = TensorScope.Suspend();
            return args.Function(inputs) ?? throw Errors.NoResult("checkpoint");
        }
        finally
        {
            t_repeats = repeated;
            Substitutes.Exchange(substituted);
            foreach (var (stream, position) in now) stream.Position = position;
        }
    }

    /// <summary>A number that follows from a tensor's shape, type and bits.</summary>
    private static unsafe ulong Checksum(Tensor tensor)
    {
        const ulong Golden = 0x9E3779B97F4A7C15;
        using var mode = GradMode.Disable();
        using var pause = new OperatorObserver.Pause();
        using var scope = new TensorScope();
        var hash = Generator.Hash($"{tensor.DType}{tensor.Shape}");
        var dense = tensor.Detach().Contiguous();
        fixed (byte* origin = dense)
        {
            var bytes = origin + (dense.Layout.Offset * dense.DType.Size);
            var count = dense.Count * dense.DType.Size;
            var words = count / sizeof(ulong);
            for (var index = 0L; index < words; index++)
            {
                hash = BitOperations.RotateLeft((hash ^ Unsafe.ReadUnaligned<ulong>(bytes + (index * sizeof(ulong)))) * Golden, 29);
            }

            for (var index = words * sizeof(ulong); index < count; index++) hash = BitOperations.RotateLeft((hash ^ bytes[index]) * Golden, 29);
        }

        GC.KeepAlive(dense);
        return hash;
    }

    /// <summary>
    /// Gathers the tensors of the graph that a function reads though nobody gave them to it. Nothing is recorded meanwhile, so only those have a node.
    /// </summary>
    private sealed class Closure : OperatorObserver
    {
        private readonly List<Tensor> _tensors = [];

        public Tensor[] Tensors => [.. _tensors];

        protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            foreach (var input in inputs)
            {
                if (input.Node is not null && !_tensors.Exists(tensor => tensor.Node == input.Node && tensor.OutputIndex == input.OutputIndex))
                {
                    _tensors.Add(input);
                }
            }
        }
    }
}
