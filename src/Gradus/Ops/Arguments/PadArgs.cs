namespace Gradus.Operators;

/// <summary>Where in a larger tensor x lies, and what stands around it.</summary>
public readonly record struct PadArgs(int[] Before, Shape Shape, double Value) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("before", Before), new("shape", Shape), new("value", Value)];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"to {Shape} after [{string.Join(",", Before)}] with {Value}");
}
