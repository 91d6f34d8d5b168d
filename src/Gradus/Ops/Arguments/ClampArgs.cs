namespace Gradus.Operators;

/// <summary>The bounds of a clamp.</summary>
public readonly record struct ClampArgs(double Min, double Max) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("min", Min), new("max", Max)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ClampArgs), PrintMembers);
}
