namespace Gradus.Operators;

/// <summary>An order of axes.</summary>
public readonly record struct PermuteArgs(int[] Order) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("order", Order)];

    /// <summary>The order that undoes this one.</summary>
    internal int[] Inverse()
    {
        var inverse = new int[Order.Length];
        for (var axis = 0; axis < inverse.Length; axis++) inverse[Order[axis]] = axis;
        return inverse;
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(",", Order)}]";
}
