namespace Gradus.Operators;

/// <summary>How a sequence lies in its tensor: [batch, time, inputs] or [time, batch, inputs].</summary>
public readonly record struct RecurrentArgs(bool BatchFirst) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("batchFirst", BatchFirst)];

    /// <inheritdoc/>
    public override string ToString() => BatchFirst ? "batch first" : "time first";
}
