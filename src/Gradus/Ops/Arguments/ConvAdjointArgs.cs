namespace Gradus.Operators;

/// <summary>The options of a convolution, and the shape of that one of its operands that an adjoint gives back.</summary>
public readonly record struct ConvAdjointArgs(ConvOptions Options, Shape Shape) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [.. ((IOperatorArguments)Options).Named, new("shape", Shape)];
}
