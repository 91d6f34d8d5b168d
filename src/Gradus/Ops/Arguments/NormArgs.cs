namespace Gradus.Operators;

/// <summary>What keeps a norm from dividing by zero: it is added to the variance.</summary>
public readonly record struct NormArgs(double Epsilon) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("epsilon", Epsilon)];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"ε {Epsilon}");
}
