namespace Gradus.Operators;

/// <summary>What positions are of: the axis and its size, whether negative ones count from its end, and on whose behalf they are looked at.</summary>
public readonly record struct PositionArgs(string Operation, int Axis, int Size, bool FromEnd) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("size", Size), new("fromEnd", FromEnd)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PositionArgs), PrintMembers);
}
