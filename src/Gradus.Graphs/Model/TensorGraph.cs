using System.Runtime.CompilerServices;

namespace Gradus.Graphs;

/// <summary>From a tensor to the graph it was computed by.</summary>
/// <remarks>
/// Shown are values, gradients and local derivatives as far as they are known: what the graph keeps for its backward pass, and what follows from that. Ask
/// before <c>Backward</c> frees it, or with <c>retainGraph: true</c>. Inside a <see cref="GraphRecording"/> everything is known, and the modules as well.
/// </remarks>
public static class TensorGraph
{
    /// <summary>The graph below a tensor: what back-propagation walks from it.</summary>
    /// <param name="output">The head, part of a graph. If it is not a single number, its gradient begins with 1 for each element.</param>
    /// <param name="name">What to call it if it has no name: as the caller writes it.</param>
    /// <exception cref="GradusException">The tensor is not part of a graph.</exception>
    public static GraphModel Graph(this Tensor output, [CallerArgumentExpression(nameof(output))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        return new TensorGraphBuilder([(output, TensorGraphBuilder.Word(name), Ones(output))], []).Build();
    }

    /// <summary>The graph below a tensor, with the names of other tensors in it.</summary>
    /// <param name="output">The head, part of a graph.</param>
    /// <param name="known">Tensors of the graph whose names and values to show where the graph does not keep them.</param>
    /// <returns>The model. Its inputs without a node are constants.</returns>
    /// <exception cref="GradusException">The tensor is not part of a graph.</exception>
    public static GraphModel Graph(this Tensor output, params ReadOnlySpan<Tensor> known)
    {
        ArgumentNullException.ThrowIfNull(output);
        return new TensorGraphBuilder([(output, null, Ones(output))], known).Build();
    }

    /// <summary>The graph below several heads, whose gradients flow back side by side and add. Plain values of the group are left out.</summary>
    /// <exception cref="GradusException">No head is a loss, or one is not part of a graph.</exception>
    public static GraphModel Graph(this Heads heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        var losses = heads.All.Where(static head => head.Gradient is not null)
            .Select(static head => (head.Output, (string?)head.Name, head.Gradient!)).ToArray();
        if (losses.Length == 0)
        {
            throw new GradusException($"graph: none of the heads {PlainText.QuoteAll(heads.Names)} is a loss, so nothing flows back. Add one with Loss().");
        }

        return new TensorGraphBuilder(losses, []).Build();
    }

    /// <summary>Writes out the gradient of a value: every path from the output to it, and what each contributes.</summary>
    /// <param name="output">The head, part of a graph.</param>
    /// <param name="value">A tensor of the graph, a leaf or not.</param>
    /// <param name="most">How many paths to list, the largest first.</param>
    /// <param name="name">What to call the output if it has no name: as the caller writes it.</param>
    /// <param name="valueName">What to call the value if it has no name: as the caller writes it.</param>
    /// <exception cref="GradusException">
    /// The output is not part of a graph, does not depend on the value, or values that are needed are no longer known.
    /// </exception>
    public static Explanation Explain(
        this Tensor output, Tensor value, int most = 10, [CallerArgumentExpression(nameof(output))] string? name = null,
        [CallerArgumentExpression(nameof(value))] string? valueName = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var builder = new TensorGraphBuilder([(output, TensorGraphBuilder.Word(name), Ones(output))], [value])
        {
            Wanted = (value, TensorGraphBuilder.Word(valueName)),
        };
        var graph = builder.Build();
        if (builder.IdOf(value) is not { } id)
        {
            throw new GradusException(
                $"explain: the output does not depend on {value.Describe()}, or it is not part of a graph. " +
                "Call RequireGrad() on it before computing the output.");
        }

        return Explanation.Of(graph, graph.Nodes[id], most);
    }

    private static Tensor Ones(Tensor output) => Tensor.Ones(output.Shape, output.DType.IsFloat ? output.DType : DType.Float32);
}
