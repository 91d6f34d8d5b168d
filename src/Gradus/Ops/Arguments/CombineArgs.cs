namespace Gradus.Operators;

/// <summary>Along which axis elements are combined, how, and whether what was there takes part.</summary>
public readonly record struct CombineArgs(int Axis, ScatterReduction Reduction, bool IncludeSelf) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("reduction", Reduction), new("includeSelf", IncludeSelf)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(CombineArgs), PrintMembers);
}
