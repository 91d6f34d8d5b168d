namespace Gradus.Operators;

/// <summary>Along which axis a running sum goes, and whether from its end.</summary>
public readonly record struct ScanArgs(int Axis, bool IsReversed) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("isReversed", IsReversed)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ScanArgs), PrintMembers);
}
