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
/// A backward written in Tensor arithmetic can itself be differentiated (createGraph); one that calls another custom function has that one's derivative.
/// </remarks>
public abstract class CustomFunction : CustomFunctionBase
{
    /// <summary>Computes the function and records it.</summary>
    public Tensor Apply(params ReadOnlySpan<Tensor> inputs) => Evaluate(inputs)[0];

    /// <summary>Computes the value. Nothing in it is recorded. What the backward needs is kept with <see cref="CustomFunctionBase.Context.Save"/>.</summary>
    protected abstract Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs);

    /// <summary>From the gradient with respect to the output, the gradient with respect to each input; null for an input that has none.</summary>
    protected abstract Tensor?[] Backward(Context context, Tensor gradient);

    private protected sealed override Tensor[] Compute(Context context, ReadOnlySpan<Tensor> inputs) => [Forward(context, inputs)];

    private protected sealed override Tensor?[] Differentiate(Context context, ReadOnlySpan<Tensor?> gradients) => Backward(context, gradients[0]!);
}
