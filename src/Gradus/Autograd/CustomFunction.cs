namespace Gradus;

/// <summary>A differentiable function of one's own: a node that knows its own forward and backward, and nothing else.</summary>
/// <remarks>
/// <code>
/// sealed class Cube : CustomFunction
/// {
///     protected override Tensor Forward(Context context, ReadOnlySpan&lt;Tensor&gt; inputs)
///     {
///         context.Save(inputs[0]);
///         return inputs[0] * inputs[0] * inputs[0];
///     }
///
///     protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * 3 * context.Saved[0].Square()];
/// }
/// var y = new Cube().Apply(x);
/// </code>
/// A backward written in Tensor arithmetic can itself be differentiated (createGraph).
/// </remarks>
public abstract class CustomFunction
{
    private readonly CustomOp _op;

    /// <summary>A function shown in the graph by the name of its class.</summary>
    protected CustomFunction() => _op = new CustomOp(this);

    /// <summary>The name that the graph shows.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Computes the function and records it.</summary>
    public Tensor Apply(params ReadOnlySpan<Tensor> inputs)
    {
        var context = new Context();
        Tensor output;
        using (GradMode.Disable()) output = Forward(context, inputs);
        // The function may hand back an input or keep the tensor it returns: the node is put on a tensor of its own.
        return _op.Record(inputs, Tensor.Over(output, output.Layout), context);
    }

    /// <summary>Computes the value. Nothing in it is recorded. What the backward needs is kept with <see cref="Context.Save"/>.</summary>
    protected abstract Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs);

    /// <summary>From the gradient with respect to the output, the gradient with respect to each input; null for an input that has none.</summary>
    protected abstract Tensor?[] Backward(Context context, Tensor gradient);

    /// <summary>What a forward keeps for its backward.</summary>
    public sealed class Context
    {
        private Tensor[] _saved = [];
        private int[] _versions = [];

        /// <summary>The tensors that were saved, in order.</summary>
        /// <exception cref="GradusException">One was changed in place since.</exception>
        public IReadOnlyList<Tensor> Saved
        {
            get
            {
                for (var index = 0; index < _saved.Length; index++)
                {
                    if (_saved[index].Storage.Version == _versions[index]) continue;
                    throw new GradusException($"backward: a custom function saved {_saved[index].Describe()}, and {_saved[index].Storage.LastChange} changed it afterwards.");
                }

                return _saved;
            }
        }

        /// <summary>Any other value that the backward needs.</summary>
        public object? State { get; set; }

        /// <summary>Keeps tensors until the backward pass.</summary>
        public void Save(params ReadOnlySpan<Tensor> tensors)
        {
            _saved = tensors.ToArray();
            _versions = [.. _saved.Select(static tensor => tensor.Storage.Version)];
        }
    }

    private sealed class CustomOp(CustomFunction function) : Op<Context>(function.Name)
    {
        public Tensor Record(ReadOnlySpan<Tensor> inputs, Tensor output, Context context)
        {
            Finish(inputs, context, new ReadOnlySpan<Tensor>(in output));
            return output;
        }

        internal override bool IsJoint => true;

        internal override Tensor?[] DifferentiateAll(Node node, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<bool> wanted, bool recording)
        {
            // The function may keep what it computes, so nothing of it is freed with the engine's temporaries.
            using var suspension = TensorScope.Suspend();
            var results = function.Backward(((Node<Context>)node).Args, gradients[0]!);
            if (results.Length != node.InputCount) throw new GradusException($"backward: {Name} gave {results.Length} gradients for {node.InputCount} inputs.");
            return results;
        }

        protected override Rule<Context>? RuleOf(int input) => null;

        protected override void InferAll(ReadOnlySpan<Tensor> inputs, Context args, Span<Meta> outputs) => throw new InvalidOperationException("A custom function infers nothing.");

        protected override void Invoke(ReadOnlySpan<Tensor> inputs, Context args, ReadOnlySpan<Tensor> outputs) =>
            throw new InvalidOperationException("A custom function has no kernel.");
    }
}
