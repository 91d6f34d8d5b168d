using System.Collections.Immutable;

namespace Gradus.Graphs;

/// <summary>A step of a path: from a node to one of its inputs.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">Which of its inputs.</param>
public readonly record struct PathStep(int Node, int Input)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PathStep), PrintMembers);
}

/// <summary>A way from a head down to a value, and what the chain rule gives along it.</summary>
/// <param name="Head">Where it begins.</param>
/// <param name="Steps">The steps, from the head on; none if the value is the head itself.</param>
/// <param name="Contribution">The gradient that comes along this path alone.</param>
/// <param name="Norms">The Euclidean norm of what is carried: of the gradient that the head begins with, and after each step.</param>
public sealed record GraphPath(int Head, ImmutableArray<PathStep> Steps, Tensor Contribution, ImmutableArray<double> Norms)
{
    /// <summary>How large the contribution is: the norm of its elements. What is not a number comes first, for it is what one looks for.</summary>
    internal double Size => double.IsNaN(Norms[^1]) ? double.PositiveInfinity : Norms[^1];

    /// <summary>√Σ gᵢ².</summary>
    internal static double NormOf(Tensor gradient) =>
        gradient.Rank == 0 ? Math.Abs(gradient.Item()) : Math.Sqrt(gradient.To(DType.Float64).ToArray<double>().Sum(static value => value * value));

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GraphPath), PrintMembers);
}
