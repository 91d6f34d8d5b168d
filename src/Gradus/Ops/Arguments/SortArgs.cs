namespace Gradus.Operators;

/// <summary>Along which axis to sort, and whether the greatest comes first.</summary>
public readonly record struct SortArgs(int Axis, bool Descending) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("descending", Descending)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SortArgs), PrintMembers);
}
