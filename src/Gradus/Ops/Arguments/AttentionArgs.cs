namespace Gradus.Operators;

/// <summary>How scores become probabilities.</summary>
/// <param name="Heads">The number of heads that lie side by side in one axis.</param>
/// <param name="IsCausal">Whether query i attends to keys 0 … i alone.</param>
/// <param name="Scale">The factor of the scores; null stands for 1/√width.</param>
public readonly record struct AttentionArgs(int Heads, bool IsCausal, double? Scale) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => Scale is { } scale
        ? [new("heads", Heads), new("isCausal", IsCausal), new("scale", scale)]
        : [new("heads", Heads), new("isCausal", IsCausal)];

    /// <summary>The factor of the scores.</summary>
    public double ScaleFor(int width) => Scale ?? (1 / Math.Sqrt(width));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Heads} heads{(IsCausal ? ", causal" : "")}{(Scale is { } scale ? FormattableString.Invariant($", scale {scale}") : "")}");
}
