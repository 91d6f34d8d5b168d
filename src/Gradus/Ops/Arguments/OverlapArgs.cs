namespace Gradus.Operators;

/// <summary>Where in a tensor of zeros overlapping windows are added up.</summary>
public readonly record struct OverlapArgs(UnfoldArgs Windows, Shape Shape) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [.. ((IOperatorArguments)Windows).Named, new("shape", Shape)];
}
