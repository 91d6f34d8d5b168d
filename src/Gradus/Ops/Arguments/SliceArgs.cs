namespace Gradus.Operators;

/// <summary>Some positions of an axis.</summary>
public readonly record struct SliceArgs(int Axis, int Start, int Length, int Step) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("start", Start), new("length", Length), new("step", Step)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SliceArgs), PrintMembers);
}
