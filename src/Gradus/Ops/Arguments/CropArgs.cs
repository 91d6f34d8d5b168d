namespace Gradus.Operators;

/// <summary>A part of a tensor: where it begins, and its shape.</summary>
public readonly record struct CropArgs(int[] Before, Shape Shape) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("before", Before), new("shape", Shape)];

    /// <inheritdoc/>
    public override string ToString() => $"{Shape} after [{string.Join(",", Before)}]";
}
