namespace Gradus.Graphs;

/// <summary>One use of an operation, as far as its rules depend on it: the shapes, and the values where they are known.</summary>
/// <param name="Inputs">The shapes of its inputs.</param>
/// <param name="Output">The shape of its result.</param>
internal sealed record OperationUse(Shape[] Inputs, Shape Output)
{
    /// <summary>The axes of the input that it works along, from 0; null for all of them.</summary>
    public int[]? Axes { get; init; }

    /// <summary>Whether a reduced axis stays, with the size 1.</summary>
    public bool KeepsAxes { get; init; }

    /// <summary>The values of its inputs; null where one is not known.</summary>
    public Tensor[]? Values { get; init; }

    /// <summary>The value of its result, where it is known.</summary>
    public Tensor? Result { get; init; }

    /// <summary>Whether everything is a single number, so that the derivative is one too.</summary>
    public bool IsScalar => Output.Rank == 0 && Inputs.All(static shape => shape.Rank == 0);

    /// <summary>The axes of the first input that are left out of the result, in order.</summary>
    public int[] Reduced => Axes ?? [.. Enumerable.Range(0, Inputs[0].Rank)];

    /// <summary>The use of an operation of expressions.</summary>
    public static OperationUse Of(Tensor[] inputs, Tensor result, int? axis) => new([.. inputs.Select(static input => input.Shape)], result.Shape)
    {
        Axes = axis is { } along ? [along < 0 ? along + inputs[0].Rank : along] : null,
        Values = inputs,
        Result = result,
    };
}
