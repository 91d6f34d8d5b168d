namespace Gradus.Operators;

/// <summary>The numbers of an exponential linear unit: scale·x above 0, else scale·alpha·(e^(inputScale·x) − 1).</summary>
public readonly record struct EluArgs(double Alpha, double Scale, double InputScale) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [new("alpha", Alpha), new("scale", Scale), new("inputScale", InputScale)];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(EluArgs), PrintMembers);
}
