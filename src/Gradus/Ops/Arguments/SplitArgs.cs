namespace Gradus.Operators;

/// <summary>The sizes of the pieces into which an axis is cut.</summary>
public readonly record struct SplitArgs(int Axis, int[] Sizes) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("sizes", Sizes)];

    /// <inheritdoc/>
    public override string ToString() => $"axis {Axis} [{string.Join(",", Sizes)}]";
}
