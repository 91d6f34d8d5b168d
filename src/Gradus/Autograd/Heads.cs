using System.Collections;

namespace Gradus;

/// <summary>The named outputs of one graph: some are losses, from which gradients flow back, the others plain values that one only reads.</summary>
/// <remarks>
/// After MXNet's <c>Group</c> and <c>BlockGrad</c>.
/// <code>
/// var heads = new Heads().Loss("price", priceLoss).Loss("class", classLoss, weight: 0.5).Value("report", report);
/// heads.Backward();
/// Console.WriteLine(heads["report"]);
/// </code>
/// </remarks>
public sealed class Heads : IEnumerable<KeyValuePair<string, Tensor>>
{
    private readonly OrderedDictionary<string, (Tensor Output, bool IsLoss, Tensor? Gradient)> _heads = [];

    /// <summary>The names, in the order in which the heads were added.</summary>
    public IReadOnlyList<string> Names => _heads.Keys;

    /// <summary>The names of those from which gradients flow back.</summary>
    public IReadOnlyList<string> Losses => [.. _heads.Where(static head => head.Value.IsLoss).Select(static head => head.Key)];

    /// <summary>The output of a name.</summary>
    /// <exception cref="GradusException">There is none of that name.</exception>
    public Tensor this[string name] => Find(name).Output;

    /// <summary>Adds a loss: a single number, whose gradient counts <paramref name="weight"/> times.</summary>
    /// <returns>The same group.</returns>
    /// <exception cref="GradusException">The output is not a single number, or the name is taken.</exception>
    public Heads Loss(string name, Tensor output, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Count != 1)
        {
            throw new GradusException(
                $"heads: the loss '{name}' is {output.Describe()}, not a single number. Reduce it with Sum() or Mean(), or give a gradient of its shape.");
        }

        return Loss(name, output, Tensor.Full(output.Shape, weight, output.DType));
    }

    /// <summary>Adds an output of any shape that begins with a gradient of its own.</summary>
    /// <returns>The same group.</returns>
    /// <exception cref="GradusException">The gradient does not have the output's shape, or the name is taken.</exception>
    public Heads Loss(string name, Tensor output, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(gradient);
        if (gradient.Shape != output.Shape)
        {
            throw new GradusException($"heads: '{name}' is {output.Describe()}, its gradient {gradient.Describe()}. They must have the same shape.");
        }

        return Add(name, output, true, gradient);
    }

    /// <summary>Adds an output that one only reads: nothing flows back from it.</summary>
    /// <returns>The same group.</returns>
    /// <exception cref="GradusException">The name is taken.</exception>
    public Heads Value(string name, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Add(name, output, false, null);
    }

    /// <summary>Back-propagates from all losses at once.</summary>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="retainGraph">Whether the graph can be walked again; follows <paramref name="createGraph"/> unless said otherwise.</param>
    /// <param name="inputs">The only tensors whose gradients are wanted; left out, every leaf.</param>
    /// <exception cref="GradusException">There is no loss, or one is not part of a graph.</exception>
    public void Backward(bool createGraph = false, bool? retainGraph = null, IReadOnlyList<Tensor>? inputs = null) =>
        Backward(Losses, createGraph, retainGraph, inputs);

    /// <summary>Back-propagates from the losses of these names.</summary>
    /// <inheritdoc cref="Backward(bool, bool?, IReadOnlyList{Tensor}?)"/>
    /// <param name="names">Which losses.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <param name="retainGraph">Whether the graph can be walked again; follows <paramref name="createGraph"/> unless said otherwise.</param>
    /// <param name="inputs">The only tensors whose gradients are wanted; left out, every leaf.</param>
    public void Backward(IReadOnlyList<string> names, bool createGraph = false, bool? retainGraph = null, IReadOnlyList<Tensor>? inputs = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
        {
            throw new GradusException($"heads: none of {PlainText.QuoteAll(Names)} is a loss, so nothing can flow back. Add one with Loss().");
        }

        var heads = names.Select(name => Find(name) is { IsLoss: true } head ? head
            : throw new GradusException($"heads: '{name}' is a value, not a loss: nothing flows back from it. Add it with Loss() instead of Value()."))
            .ToArray();
        Autograd.Backward([.. heads.Select(static head => head.Output)], [.. heads.Select(static head => head.Gradient)], createGraph, retainGraph, inputs);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() =>
        _heads.Select(static head => KeyValuePair.Create(head.Key, head.Value.Output)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Each head with the gradient it begins with; null for a plain value.</summary>
    internal IEnumerable<(string Name, Tensor Output, Tensor? Gradient)> All =>
        _heads.Select(static head => (head.Key, head.Value.Output, head.Value.Gradient));

    private Heads Add(string name, Tensor output, bool isLoss, Tensor? gradient)
    {
        if (!_heads.TryAdd(name, (output, isLoss, gradient))) throw new GradusException($"heads: the name '{name}' is taken.");
        return this;
    }

    private (Tensor Output, bool IsLoss, Tensor? Gradient) Find(string name) =>
        _heads.TryGetValue(name, out var head)
            ? head
            : throw new GradusException($"heads: there is no '{PlainText.Quote(name)}'; the names are {PlainText.QuoteAll(Names)}.");
}
