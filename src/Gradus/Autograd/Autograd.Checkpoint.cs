namespace Gradus;

// Memory for time: a part of the graph that is computed again in the backward pass.
public static partial class Autograd
{
    /// <summary>
    /// Whether a checkpoint's function is being evaluated again on this thread: what a module counts or averages has moved already, and stays.
    /// </summary>
    public static bool IsRecomputing => CheckpointOp.Repeats;

    /// <summary>Evaluates a function without keeping what its backward needs: the backward pass evaluates it again.</summary>
    /// <param name="function">A part of a network. It may close over parameters, which get their gradients.</param>
    /// <param name="input">Its input, which is kept.</param>
    /// <remarks>
    /// Random streams are set back for the second evaluation, so dropout drops the same, and tensors that stood for parameters in a functional call stand for
    /// them again. What layers keep of their own moves once: running statistics, spectral norm's vectors; a module of one's own asks
    /// <see cref="IsRecomputing"/>. Other effects happen twice. The memory of a chain of n layers falls to that of √n, for one more forward pass, if √n layers
    /// go into each call. Chen et al., "Training deep nets with sublinear memory cost", 2016. A second evaluation that gives other bits than the first, as
    /// after Eval() in between, is an error of the backward pass.
    /// </remarks>
    public static Tensor Checkpoint(Func<Tensor, Tensor> function, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Checkpoint(inputs => function(inputs[0]), [input]);
    }

    /// <summary>Evaluates a function of several inputs without keeping what its backward needs.</summary>
    /// <inheritdoc cref="Checkpoint(Func{Tensor, Tensor}, Tensor)"/>
    /// <param name="function">A part of a network.</param>
    /// <param name="inputs">Its inputs, which are kept.</param>
    /// <exception cref="GradusException">There are more than 15 inputs.</exception>
    public static Tensor Checkpoint(Func<Tensor[], Tensor> function, params ReadOnlySpan<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (inputs.Length > CheckpointOp.MostInputs)
        {
            throw new GradusException($"checkpoint: {inputs.Length} inputs; at most {CheckpointOp.MostInputs}. Let the function close over the others.");
        }

        foreach (var input in inputs) ArgumentNullException.ThrowIfNull(input);
        return GradMode.IsEnabled ? CheckpointOp.Apply(function, inputs) : function(inputs.ToArray()) ?? throw Errors.NoResult("checkpoint");
    }
}
