namespace Gradus.Operators;

/// <summary>One position of an axis.</summary>
public readonly record struct SelectArgs(int Axis, int Index) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("index", Index)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SelectArgs), PrintMembers);
}
