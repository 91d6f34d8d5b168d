namespace Gradus.Data;

/// <summary>A batch of samples with their targets.</summary>
/// <param name="Input">The inputs, [samples, …].</param>
/// <param name="Target">Class numbers [samples], numeric targets [samples, size], or for text the next tokens [samples · context].</param>
public readonly record struct Labeled(Tensor Input, Tensor Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"Labeled({Input.Describe()}, {Target.Describe()})";
}
