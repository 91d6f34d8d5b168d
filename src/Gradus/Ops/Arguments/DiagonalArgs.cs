namespace Gradus.Operators;

/// <summary>The elements whose position along the second axis is that along the first plus an offset.</summary>
public readonly record struct DiagonalArgs(int Offset, int Axis0, int Axis1) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("offset", Offset), new("axis0", Axis0), new("axis1", Axis1)];

    /// <summary>The number of elements in a shape, and where the first one is.</summary>
    internal (int Length, int Row, int Column) On(Shape shape)
    {
        var row = (int)Math.Clamp(-(long)Offset, 0, shape[Axis0]);
        var column = Math.Clamp(Offset, 0, shape[Axis1]);
        return (Math.Min(shape[Axis0] - row, shape[Axis1] - column), row, column);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(DiagonalArgs), PrintMembers);
}
