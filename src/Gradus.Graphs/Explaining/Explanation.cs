using System.Collections.Immutable;
using System.Numerics;

namespace Gradus.Graphs;

/// <summary>The chain rule written out for one value: each path from the heads to it, the product along it, and their sum, which is the gradient.</summary>
/// <remarks>
/// ∂L/∂w = Σ over paths Π over steps ∂(node)/∂(input). Along a path of tensors each factor is a Jacobian, and what is carried is a vector–Jacobian product.
/// Beside it stands the central difference (L(w + h) − L(w − h)) / 2h, computed by evaluating again what depends on w.
/// </remarks>
public sealed partial class Explanation
{
    // More elements than these are not worth two evaluations each.
    private const int MostDifferenced = 256;

    private readonly GraphModel _graph;
    private readonly IReadOnlyDictionary<int, Tensor> _seeds;
    private readonly Slope[] _slopes = [];

    private Explanation(GraphModel graph, GraphNode target, IReadOnlyDictionary<int, Tensor> seeds, int most)
    {
        (_graph, _seeds, Target) = (graph, seeds, target);
        Gradient = target.Gradient!;
        var search = new PathSearch(graph, target.Id, seeds);
        PathCount = search.Count;
        IsComplete = search.IsComplete;
        var paths = search.Largest(most);
        var sum = paths.Aggregate(Tensor.Zeros(target.Shape, DType.Float64), static (sum, path) => sum + path.Contribution);
        Paths = [.. paths.Take(most)];
        Sum = IsComplete ? sum : Gradient;
        Rest = Paths.Aggregate(Sum, static (rest, path) => rest - path.Contribution);
        using var mode = GradMode.Disable();
        var replay = new Replay(graph, target.Id, seeds);
        Norm = GraphPath.NormOf(Gradient);
        if (target.Shape.ElementCount <= MostDifferenced)
        {
            _slopes = replay.Slopes();
            Difference = Tensor.From([.. _slopes.Select(static slope => slope.Central)], target.Shape);
        }
        else if (Norm > 0 && double.IsFinite(Norm))
        {
            _slopes = [replay.Along(Gradient.To(DType.Float64) / Norm)];
            NormDifference = _slopes[0].Central;
        }
    }

    /// <summary>The value whose gradient is explained.</summary>
    public GraphNode Target { get; }

    /// <summary>Its gradient, from back-propagation.</summary>
    public Tensor Gradient { get; }

    /// <summary>How many paths there are.</summary>
    public BigInteger PathCount { get; }

    /// <summary>The largest of them.</summary>
    public ImmutableArray<GraphPath> Paths { get; }

    /// <summary>
    /// Whether every path was walked, so that <see cref="Sum"/> is a check; else there were too many, and the rest is what is missing from the gradient.
    /// </summary>
    public bool IsComplete { get; }

    /// <summary>What all paths contribute together: the gradient, up to rounding.</summary>
    public Tensor Sum { get; }

    /// <summary>What the paths that are not listed contribute.</summary>
    public Tensor Rest { get; }

    /// <summary>The gradient by finite differences; null for a tensor of many elements.</summary>
    public Tensor? Difference { get; }

    /// <summary>The Euclidean norm of the gradient.</summary>
    public double Norm { get; }

    /// <summary>
    /// For a tensor of many elements, the slope by finite differences along the gradient's own direction, which should be <see cref="Norm"/>; else null.
    /// </summary>
    public double? NormDifference { get; }

    internal static Explanation Of(GraphModel graph, string name, int most) => Of(graph, graph[name], most);

    internal static Explanation Of(GraphModel graph, GraphNode target, int most)
    {
        if (graph.FirstUnknown is { } unknown)
        {
            throw new GradusException(
                $"explain: the value of '{PlainText.Quote(unknown.Name)}' is not known. "
                + "Explain before Backward frees it (or pass retainGraph: true), or evaluate inside a GraphRecording.");
        }

        if (target.Gradient is null) throw new GradusException($"explain: '{PlainText.Quote(target.Name)}' is constant; nothing flows back to it.");
        using var scope = TensorScope.Suspend();
        using var pause = new OperatorObserver.Pause();
        return new Explanation(graph, target, graph.Seeds, most);
    }
}
