namespace Gradus.Operators;

/// <summary>
/// What a dropout drew: the probability, and where in which random stream, so that the same elements are dropped whenever it is computed again.
/// </summary>
public readonly record struct DropoutArgs(double Probability, long Seed, ulong Stream, ulong Position) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named =>
        [new("probability", Probability, IsPerStep: true), new("seed", Seed), new("stream", Stream), new("position", Position, IsPerStep: true)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(DropoutArgs), PrintMembers);
}
