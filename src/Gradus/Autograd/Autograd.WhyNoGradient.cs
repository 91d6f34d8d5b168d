namespace Gradus;

// Words for a gradient that is missing or zero.
public static partial class Autograd
{
    /// <summary>Says in words why a tensor gets no gradient from a loss, or one that is zero; or that it gets one.</summary>
    /// <param name="parameter">The tensor that should be trained.</param>
    /// <param name="loss">A loss whose graph has not been walked yet, or was retained.</param>
    /// <remarks>
    /// Walks the graph once and leaves it, and all gradients, as they were. Where the way was cut, the graph has only a constant: the operators that took one
    /// are listed, and the line of the cut is found by giving the loss as a function, in the other overload.
    /// </remarks>
    public static string WhyNoGradient(Tensor parameter, Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(loss);
        return WhyNoGradient(parameter, parameter.Describe(), loss);
    }

    /// <summary>Says in words why a tensor gets no gradient from a loss: watches how the loss is computed, and so finds where the way was cut.</summary>
    /// <param name="parameter">The tensor that should be trained.</param>
    /// <param name="loss">Computes the loss.</param>
    public static string WhyNoGradient(Tensor parameter, Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(loss);
        return WhyNoGradient(parameter, parameter.Describe(), loss);
    }

    /// <summary>The same of a tensor that has another name for the user, as a parameter of a network has.</summary>
    internal static string WhyNoGradient(Tensor parameter, string name, Func<Tensor> loss)
    {
        using var trace = new CutTrace(parameter, name);
        var value = loss() ?? throw Errors.NoResult("whyNoGradient");
        trace.Dispose();
        if (parameter.Node is null || (value.Node is not null && Graph.Of(value).Nodes.Contains(parameter.Node))) return WhyNoGradient(parameter, name, value);
        return trace.Explain(value);
    }

    private static string WhyNoGradient(Tensor parameter, string name, Tensor loss)
    {
        if (!parameter.DType.IsFloat) return $"{name} is not floating point: only such tensors have gradients. Convert it with To(DType.Float32).";
        if (parameter.Node is null) return $"{name} does not require a gradient. Call RequireGrad() on it before computing the loss.";
        if (loss.Node is null)
        {
            return $"The loss, {loss.Describe()}, is not part of a graph: it was computed inside NoGrad, from detached tensors, " +
                "or from none that require a gradient. Give it as a function to see where.";
        }

        var graph = Graph.Of(loss);
        if (!graph.Nodes.Contains(parameter.Node))
        {
            return $"The loss does not reach {name}: it was computed without it, or the way is cut by Detach, NoGrad " +
                $"or values that left the graph as numbers. {Constants(graph)}" +
                "A loss that is computed already cannot tell the line of a cut; give it as a function to see where.";
        }

        if (graph.Nodes.FirstOrDefault(static node => !node.IsLeaf && node.IsConsumed) is { } consumed)
        {
            return $"The graph through {consumed.Op!.Name} was walked before, and what it kept was freed. " +
                "Ask before Backward, or pass retainGraph: true to it.";
        }

        return GradientTrail.Explain(parameter, name, loss, graph);
    }

    /// <summary>Where values enter a graph that it does not differentiate by: one of them is what was cut off.</summary>
    private static string Constants(Graph graph)
    {
        const int Most = 5;
        var places = (from node in graph.Nodes
                      from place in node.Inputs.Select(static (input, index) => (Input: input, Index: index))
                      where place.Input.Source is null && place.Input.DType.IsFloat
                      select $"{node.OpName}{(node.Location is { } line ? $" at {line}" : "")}, input {place.Index + 1}, " +
                          $"{place.Input.DType.ShortName}{place.Input.Shape}").ToArray();
        if (places.Length == 0) return "";
        return $"Constants enter its graph at {string.Join("; ", places.Take(Most))}{(places.Length > Most ? $"; and {places.Length - Most} more" : "")}. ";
    }
}
