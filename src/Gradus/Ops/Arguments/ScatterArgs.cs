namespace Gradus.Operators;

/// <summary>Along which axis to scatter, and the shape of the result.</summary>
public readonly record struct ScatterArgs(int Axis, Shape Shape) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("shape", Shape)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ScatterArgs), PrintMembers);
}
