namespace Gradus;

/// <summary>Gradients as values, rather than gathered on the leaves.</summary>
public static partial class Autograd
{
    /// <summary>The gradients of the outputs with respect to the inputs: for each input x, Σₖ gₖ · ∂yₖ/∂x over the outputs yₖ.</summary>
    /// <param name="outputs">The heads yₖ.</param>
    /// <param name="inputs">Tensors of the graph, leaves or not.</param>
    /// <param name="gradients">A gradient gₖ for each output; null, or left out, stands for 1 and is only allowed where the output is a single number.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="retainGraph">Whether the graph can be walked again; follows <paramref name="createGraph"/> unless said otherwise.</param>
    /// <returns>A gradient for each input, shaped like it; null where no output depends on the input.</returns>
    /// <exception cref="GradusException">There are no inputs, an output or an input is not part of a graph, or a gradient does not fit its output.</exception>
    public static Tensor?[] Grad(
        ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> gradients = default,
        bool createGraph = false, bool? retainGraph = null)
    {
        if (inputs.IsEmpty) throw new GradusException("grad: the list of inputs is empty. Name the tensors whose gradients are wanted.");
        foreach (var input in inputs) RequireNode("grad", input);
        var seeds = Seeds("grad", outputs, gradients);
        return BackwardPass.Collect(outputs, seeds, inputs, createGraph, retainGraph ?? createGraph);
    }

    /// <summary>The gradient of one output with respect to one input.</summary>
    /// <inheritdoc cref="Grad(ReadOnlySpan{Tensor}, ReadOnlySpan{Tensor}, ReadOnlySpan{Tensor}, bool, bool?)" path="/param"/>
    /// <exception cref="GradusException">The output does not depend on the input.</exception>
    public static Tensor Grad(Tensor output, Tensor input, Tensor? gradient = null, bool createGraph = false, bool? retainGraph = null) =>
        Grad([output], [input], [gradient], createGraph, retainGraph)[0]
        ?? throw new GradusException($"grad: the output does not depend on {input.Describe()}.");

    /// <summary>Back-propagates from several heads at once and adds the results to the leaves' gradients.</summary>
    /// <param name="heads">The heads. Heads that are not losses are simply left out.</param>
    /// <param name="gradients">A gradient for each head; null, or left out, stands for 1 and is only allowed where the head is a single number.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="retainGraph">Whether the graph can be walked again; follows <paramref name="createGraph"/> unless said otherwise.</param>
    /// <param name="inputs">The only tensors, leaves or not, whose gradients are wanted; left out, every leaf.</param>
    /// <exception cref="GradusException">A head or an input is not part of a graph, or a gradient does not fit its head.</exception>
    public static void Backward(
        ReadOnlySpan<Tensor> heads, ReadOnlySpan<Tensor?> gradients = default,
        bool createGraph = false, bool? retainGraph = null, IReadOnlyList<Tensor>? inputs = null)
    {
        var seeds = Seeds("backward", heads, gradients);
        if (inputs is null)
        {
            BackwardPass.Accumulate(heads, seeds, createGraph, retainGraph ?? createGraph);
            return;
        }

        if (inputs.Count == 0)
        {
            throw new GradusException(
                "backward: the list of inputs is empty. Name the tensors whose gradients are wanted, or leave the list out for every leaf.");
        }

        foreach (var input in inputs) RequireNode("backward", input);
        BackwardPass.AccumulateInto(heads, seeds, inputs.ToArray(), createGraph, retainGraph ?? createGraph);
    }

    private static void RequireNode(string operation, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Node is null)
        {
            throw new GradusException($"{operation}: {input.Describe()} is not part of a graph. Call RequireGrad() on it before computing the outputs.");
        }
    }

    private static Tensor?[] Seeds(string operation, ReadOnlySpan<Tensor> heads, ReadOnlySpan<Tensor?> gradients)
    {
        if (gradients.Length != 0 && gradients.Length != heads.Length)
        {
            throw new GradusException($"{operation}: {gradients.Length} gradients for {heads.Length} heads.");
        }

        var seeds = new Tensor?[heads.Length];
        for (var index = 0; index < heads.Length; index++)
        {
            var head = heads[index];
            ArgumentNullException.ThrowIfNull(head);
            if (head.IsFreed) Errors.ThrowFreed(operation, head);
            if (head.Node is null)
            {
                throw new GradusException(head.DType.IsFloat
                    ? $"{operation}: {head.Describe()} is not part of a graph: nothing it was computed from requires a gradient. " +
                        "Call RequireGrad() on an input, and compute outside of NoGrad."
                    : $"{operation}: {head.Describe()} has no gradient; only floating-point tensors do.");
            }

            var gradient = gradients.Length == 0 ? null : gradients[index];
            if (gradient is null)
            {
                if (head.Count != 1)
                {
                    throw new GradusException(
                        $"{operation}: {head.Describe()} is not a single number. Give a gradient of its shape, or reduce it with Sum() or Mean().");
                }
            }
            else if (gradient.Shape != head.Shape)
            {
                throw new GradusException($"{operation}: the head is {head.Describe()}, its gradient {gradient.Describe()}. They must have the same shape.");
            }

            seeds[index] = gradient is null || gradient.DType == head.DType ? gradient : gradient.To(head.DType);
        }

        return seeds;
    }
}
