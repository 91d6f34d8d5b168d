namespace Gradus;

/// <summary>A differentiable function of one's own with several outputs, some of which may have no gradient.</summary>
/// <remarks><inheritdoc cref="CustomFunction" path="/remarks"/></remarks>
public abstract class CustomJointFunction : CustomFunctionBase
{
    /// <summary>Computes the function and records it.</summary>
    public Tensor[] Apply(params ReadOnlySpan<Tensor> inputs) => Evaluate(inputs);

    /// <summary>
    /// Computes the values. Nothing in it is recorded. Outputs without a gradient are named with
    /// <see cref="CustomFunctionBase.Context.MarkNonDifferentiable"/>.
    /// </summary>
    protected abstract Tensor[] Forward(Context context, ReadOnlySpan<Tensor> inputs);

    /// <summary>
    /// From the gradients with respect to the outputs, null where none arrived, the gradient with respect to each input; null for an input that has none.
    /// </summary>
    protected abstract Tensor?[] Backward(Context context, ReadOnlySpan<Tensor?> gradients);

    private protected sealed override Tensor[] Compute(Context context, ReadOnlySpan<Tensor> inputs) => Forward(context, inputs);

    private protected sealed override Tensor?[] Differentiate(Context context, ReadOnlySpan<Tensor?> gradients) => Backward(context, gradients);
}
