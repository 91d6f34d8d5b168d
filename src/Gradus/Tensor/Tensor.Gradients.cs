namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Marks the tensor as one whose gradient is wanted: a leaf of the graph, where <see cref="Grad"/> gathers.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="GradusException">The elements are not floating point, or the tensor's scope has ended.</exception>
    public Tensor RequireGrad()
    {
        if (IsFreed) Errors.ThrowFreed("requireGrad", this);
        if (!DType.IsFloat)
        {
            throw new GradusException($"requireGrad: {Describe()} has no gradient; only floating-point tensors do. Convert it with To(DType.Float32).");
        }

        Node ??= new LeafNode(this) { Name = _name };
        return this;
    }

    /// <summary>
    /// Whether a gradient can reach this tensor: after <see cref="RequireGrad"/>, or because it was computed from such a tensor while graphs were recorded.
    /// </summary>
    public bool RequiresGrad => Node is not null;

    /// <summary>
    /// The gradient that backward passes left here: of a leaf, or of any tensor after <see cref="RetainGrad"/>. Null if none arrived. Setting null clears it.
    /// </summary>
    /// <exception cref="GradusException">The gradient given has another shape or type, or the tensor has no place for one.</exception>
    public Tensor? Grad
    {
        get => OutputIndex == 0 ? Node?.Kept.Show() : Node!.ExtrasOrNull?.RetainedAt(OutputIndex)?.Show();
        set
        {
            if (Node is null)
            {
                if (value is null) return;
                throw new GradusException($"grad: {Describe()} does not require a gradient. Call RequireGrad() first.");
            }

            if (value is not null && (value.Shape != Shape || value.DType != DType))
            {
                throw new GradusException($"grad: expected {DType.ShortName}{Shape}, got {value.Describe()}.");
            }

            Node.KeptAt(OutputIndex).Replace(value);
        }
    }

    /// <summary>Keeps the gradient that reaches this tensor, though it is not a leaf.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="GradusException">No gradient can reach it.</exception>
    public Tensor RetainGrad()
    {
        if (Node is null) throw new GradusException($"retainGrad: {Describe()} is not part of a graph.");
        Node.Extras.Retain(OutputIndex, Node.KeptAt(OutputIndex));
        return this;
    }

    /// <summary>Computes the gradients of this tensor with respect to every leaf it depends on and adds them to the leaves' <see cref="Grad"/>.</summary>
    /// <param name="gradient">The gradient to begin with, shaped like this tensor; left out, 1, for a tensor that is a single number.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="retainGraph">Whether the graph can be walked again; follows <paramref name="createGraph"/> unless said otherwise.</param>
    /// <param name="inputs">The only tensors, leaves or not, whose gradients are wanted; left out, every leaf.</param>
    /// <remarks>
    /// Passes on several threads may run at once if their graphs share leaves only; the order in which they add to a shared leaf is then theirs.
    /// </remarks>
    /// <exception cref="GradusException">The tensor is not part of a graph, or the gradient does not fit.</exception>
    public void Backward(Tensor? gradient = null, bool createGraph = false, bool? retainGraph = null, IReadOnlyList<Tensor>? inputs = null) =>
        Autograd.Backward([this], [gradient], createGraph, retainGraph, inputs);

    /// <summary>Calls a function whenever a backward pass has computed the gradient with respect to this tensor, before it goes on from here.</summary>
    /// <param name="hook">Gets the gradient; gives another in its place, of the same shape and type, or null to leave it.</param>
    /// <returns>Dispose it to remove the hook.</returns>
    /// <remarks>With several hooks, each gets what the one before gave. A hook may keep the tensors it sees.</remarks>
    /// <exception cref="GradusException">No gradient can reach this tensor.</exception>
    public IDisposable RegisterHook(Func<Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        if (Node is null) throw new GradusException($"registerHook: {Describe()} is not part of a graph. Call RequireGrad() first.");
        return Node.Extras.AddHook(OutputIndex, hook);
    }

    /// <summary>
    /// Calls a function whenever a backward pass has added to this leaf's <see cref="Grad"/>: to update a parameter, and free its gradient, while the pass goes
    /// on.
    /// </summary>
    /// <param name="hook">Gets this tensor.</param>
    /// <returns>Dispose it to remove the hook.</returns>
    /// <exception cref="GradusException">The tensor is not a leaf that requires a gradient.</exception>
    public IDisposable RegisterAfterAccumulate(Action<Tensor> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        if (Node is not { IsLeaf: true })
        {
            throw new GradusException(
                $"registerAfterAccumulate: {Describe()} is not a leaf. Call RequireGrad() on a tensor that was not computed from others.");
        }

        return Node.Extras.AddAfterwards(() => hook(this));
    }

    /// <summary>The same values, cut off from the graph: no gradient flows through the result.</summary>
    public Tensor Detach()
    {
        var tensor = Over(this, Layout);
        tensor.Own(TensorScope.Current);
        if (OperatorObserver.IsAny) OperatorObserver.NotifyCut(this, tensor);
        return tensor;
    }
}
