namespace Gradus.Operators;

/// <summary>
/// Windows along an axis: of <paramref name="Size"/> positions that are <paramref name="Dilation"/> apart, beginning every <paramref name="Step"/> positions.
/// </summary>
public readonly record struct UnfoldArgs(int Axis, int Size, int Step, int Dilation) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("size", Size), new("step", Step), new("dilation", Dilation)];

    /// <summary>How many windows an axis of a size holds; 0 or less where it is too short for one.</summary>
    internal int Windows(int size) => (int)Math.Floor((size - 1 - ((long)Dilation * (Size - 1))) / (double)Step) + 1;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(UnfoldArgs), PrintMembers);
}
