namespace Gradus.Operators;

/// <summary>The windows of a pooling, and the shape that its adjoint gives back.</summary>
public readonly record struct PoolAdjointArgs(PoolArgs Pool, Shape Shape) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [.. ((IOperatorArguments)Pool).Named, new("shape", Shape)];
}
