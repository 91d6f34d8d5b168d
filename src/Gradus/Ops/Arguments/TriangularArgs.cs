namespace Gradus.Operators;

/// <summary>Which triangle of a matrix is read, and whether its diagonal is taken to be 1.</summary>
public readonly record struct TriangularArgs(bool Upper, bool UnitDiagonal) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("upper", Upper), new("unitDiagonal", UnitDiagonal)];
}
