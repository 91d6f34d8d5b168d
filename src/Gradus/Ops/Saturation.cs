namespace Gradus;

/// <summary>When values of an activation are saturated: where its slope has become flat.</summary>
/// <param name="Slope">The slope, relative to its steepest, from a result; for a function of rows one figure a row.</param>
/// <param name="Least">Below this it is flat.</param>
internal sealed record Saturation(Func<Tensor, Tensor> Slope, double Least)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"slope below {Least}");
}
