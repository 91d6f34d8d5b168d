namespace Gradus.Operators;

/// <summary>One axis, and whether it stays with size 1.</summary>
public readonly record struct AxisArgs(int Axis, bool KeepDim) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("axis", Axis), new("keepDim", KeepDim)];

    internal static AxisArgs Of(Shape shape, int axis, bool keepDim, string operation) => new(shape.Axis(axis, operation), keepDim);

    internal Shape Reduce(Shape shape, string operation)
    {
        if (shape[Axis] == 0) throw new GradusException($"{operation}: axis {Axis} of {shape} has size 0; there is nothing to choose from.");
        return new Axes(1u << Axis, KeepDim).Reduce(shape, KeepDim);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(AxisArgs), PrintMembers);
}
