namespace Gradus.Operators;

/// <summary>Axes that run backwards.</summary>
public readonly record struct FlipArgs(int[] Axes) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axes", Axes)];

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(",", Axes)}]";
}
