namespace Gradus;

/// <summary>
/// What functions of one's own have in common. Derive from <see cref="CustomFunction"/>, or, for several outputs, from <see cref="CustomJointFunction"/>.
/// </summary>
public abstract class CustomFunctionBase
{
    private readonly CustomOp _op;

    private protected CustomFunctionBase() => _op = new CustomOp(this);

    /// <summary>The name that the graph shows: that of the class.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>
    /// Whether the backward is Tensor arithmetic throughout, so that it can be differentiated in its turn. Default true; where it is not, createGraph is an
    /// error.
    /// </summary>
    public virtual bool IsTwiceDifferentiable => true;

    /// <summary>A promise that nothing which the backward computes is kept anywhere, so that it is freed with the engine's temporaries.</summary>
    internal virtual bool KeepsNothing => false;

    private protected abstract Tensor[] Compute(Context context, ReadOnlySpan<Tensor> inputs);

    private protected abstract Tensor?[] Differentiate(Context context, ReadOnlySpan<Tensor?> gradients);

    private protected Tensor[] Evaluate(ReadOnlySpan<Tensor> inputs)
    {
        var context = new Context();
        Tensor[] outputs;
        foreach (var input in inputs) ArgumentNullException.ThrowIfNull(input);
        using (GradMode.Disable()) outputs = Compute(context, inputs);
        if (outputs is null || Array.Exists(outputs, static output => output is null))
        {
            throw new GradusException($"{Name}: its Forward gave null, expected a tensor.");
        }

        // The function may hand back an input or keep the tensors it returns: the node is put on tensors of its own.
        return _op.Record(inputs, outputs, context);
    }

    /// <summary>What a forward keeps for its backward.</summary>
    public sealed class Context
    {
        private readonly List<Tensor> _withoutGradient = [];
        private SavedTensor[] _saved = [];
        private Node? _node;

        internal Context()
        {
        }

        /// <summary>The tensors that were saved, in order.</summary>
        /// <exception cref="GradusException">One was changed in place since.</exception>
        public IReadOnlyList<Tensor> Saved => [.. _saved.Select(saved => saved.Restore(_node))];

        /// <summary>Any other value that the backward needs.</summary>
        public object? State { get; set; }

        /// <summary>Keeps tensors until the backward pass: inputs, outputs, or what was computed on the way.</summary>
        public void Save(params ReadOnlySpan<Tensor> tensors)
        {
            Release();
            foreach (var tensor in tensors) ArgumentNullException.ThrowIfNull(tensor);
            _saved = new SavedTensor[tensors.Length];
            for (var index = 0; index < tensors.Length; index++) _saved[index] = new SavedTensor(tensors[index]);
        }

        /// <summary>Says that no gradient flows back from these outputs.</summary>
        public void MarkNonDifferentiable(params ReadOnlySpan<Tensor> outputs) => _withoutGradient.AddRange(outputs);

        internal bool HasGradient(Tensor output) => output.DType.IsFloat && !_withoutGradient.Contains(output);

        /// <summary>Joins the context to its node, once there is one, so that saved outputs are found in the graph.</summary>
        internal void Join(Node? node, ReadOnlySpan<Tensor> outputs)
        {
            _node = node;
            _withoutGradient.Clear();
            foreach (var saved in _saved) saved.FindAmong(outputs);
        }

        internal void Release()
        {
            foreach (var saved in _saved) saved.Release();
            _saved = [];
        }
    }

    /// <summary>A tensor that a forward saved: a handle of its own, so that it outlives the scope it was saved in.</summary>
    private sealed class SavedTensor
    {
        private readonly Tensor _tensor;
        private readonly int _version;
        private Tensor? _original;
        private readonly Node? _source;
        private readonly int _sourceOutput;
        private int _output = -1;

        public SavedTensor(Tensor tensor)
        {
            _original = tensor;
            _tensor = Tensor.Over(tensor, tensor.Layout);
            _tensor.Own(null);
            _version = tensor.Storage.Version;
            _source = tensor.Node;
            _sourceOutput = tensor.OutputIndex;
        }

        public void FindAmong(ReadOnlySpan<Tensor> outputs)
        {
            for (var output = 0; output < outputs.Length && _source is null; output++)
            {
                if (ReferenceEquals(outputs[output], _original)) _output = output;
            }

            _original = null;
        }

        public Tensor Restore(Node? node)
        {
            if (_tensor.Storage.Version != _version)
            {
                throw new GradusException(
                    $"backward: {node?.Op!.Name} saved {_tensor.Describe()}, and {_tensor.Storage.LastChange} changed it afterwards. " +
                    "Make the change after Backward, or on a Clone().");
            }

            var restored = Tensor.Over(_tensor, _tensor.Layout);
            if (Node.ConnectsSaved)
            {
                if (_source is not null) restored.SetNode(_source, _sourceOutput, isFirstHolder: false);
                else if (_output >= 0 && node is not null) restored.SetNode(node, _output, isFirstHolder: false);
            }

            restored.Own(TensorScope.Current);
            return restored;
        }

        public void Release() => _tensor.End();
    }

    private sealed class CustomOp(CustomFunctionBase function) : Op<Context>(function.Name)
    {
        public Tensor[] Record(ReadOnlySpan<Tensor> inputs, Tensor[] computed, Context context)
        {
            var outputs = Array.ConvertAll(computed, static output => Tensor.Over(output, output.Layout));
            var mayRecord = Array.Exists(computed, context.HasGradient);
            var results = outputs;
            using (GradMode.Set(GradMode.IsEnabled && mayRecord)) Finish(inputs, context, outputs);
            var node = Array.Find(outputs, static output => output.Node is not null)?.Node;
            if (node is not null) results = [.. outputs.Select((output, index) => context.HasGradient(computed[index]) ? output : output.Detach())];
            context.Join(node, computed);
            if (node is null) context.Release();
            return results;
        }

        internal override bool IsJoint => true;

        internal override bool HoldsState => true;

        internal override void ReleaseState(Node node) => ((Node<Context>)node).Args.Release();

        internal override Tensor[] Replay(Node node, Tensor[] inputs) => function.Evaluate(inputs);

        internal override Tensor?[] DifferentiateAll(Node node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted, bool recording)
        {
            if (recording && !function.IsTwiceDifferentiable)
            {
                throw new GradusException(
                    $"backward: the gradient of {Name} cannot be differentiated again, by its own word (IsTwiceDifferentiable). " +
                    "Leave createGraph out, or write its Backward in Tensor arithmetic.");
            }

            // The function may keep what it computes, so nothing of it is freed with the engine's temporaries.
            using var suspension = function.KeepsNothing ? null : TensorScope.Suspend();
            var results = function.Differentiate(((Node<Context>)node).Args, gradients)
                ?? throw new GradusException($"backward: {Name} gave null, expected a gradient or null for each of its {node.InputCount} inputs.");
            if (results.Length != node.InputCount) throw new GradusException($"backward: {Name} gave {results.Length} gradients for {node.InputCount} inputs.");
            return results;
        }

        protected override Rule<Context>? RuleOf(int input) => null;

        protected override void InferAll(ReadOnlySpan<Tensor> inputs, Context args, Span<Meta> outputs) =>
            throw new InvalidOperationException("A custom function infers nothing.");

        protected override void Invoke(ReadOnlySpan<Tensor> inputs, Context args, ReadOnlySpan<Tensor> outputs) =>
            throw new InvalidOperationException("A custom function has no kernel.");
    }
}
