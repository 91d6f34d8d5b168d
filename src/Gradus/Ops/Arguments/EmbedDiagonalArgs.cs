namespace Gradus.Operators;

/// <summary>Where in a tensor of zeros a diagonal goes.</summary>
public readonly record struct EmbedDiagonalArgs(DiagonalArgs Diagonal, Shape Shape) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [.. ((IOperatorArguments)Diagonal).Named, new("shape", Shape)];
}
