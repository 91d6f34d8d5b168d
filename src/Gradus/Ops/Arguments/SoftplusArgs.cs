namespace Gradus.Operators;

/// <summary>The steepness of a softplus, and where it becomes the identity.</summary>
public readonly record struct SoftplusArgs(double Beta, double Threshold) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("beta", Beta), new("threshold", Threshold)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SoftplusArgs), PrintMembers);
}
