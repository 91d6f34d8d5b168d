namespace Gradus.Operators;

/// <summary>How many elements of an axis to choose, and whether the greatest.</summary>
public readonly record struct TopKArgs(int Axis, int Count, bool Largest) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("count", Count), new("largest", Largest)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TopKArgs), PrintMembers);
}
