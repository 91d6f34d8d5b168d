namespace Gradus.Nn;

/// <summary>Dropping that keeps mean 0 and variance 1: dropped elements become the limit of <see cref="Selu"/> at −∞, and an affine map follows.</summary>
internal static class SeluDropout
{
    // −scale·alpha of the scaled exponential linear unit.
    private const double Limit = -1.7580993408473766;

    /// <param name="input">What is dropped from.</param>
    /// <param name="kept">What broadcasts to it: 0 where an element is dropped, 1/(1 − p) elsewhere.</param>
    /// <param name="probability">p.</param>
    public static Tensor Apply(Tensor input, Tensor kept, double probability)
    {
        var keep = 1 - probability;
        var scale = 1 / Math.Sqrt(keep * (1 + (probability * Limit * Limit)));
        var mask = kept > 0;
        return Tensor.Where(mask, input * scale, Limit * scale) - (scale * Limit * probability);
    }
}
