namespace Gradus;

/// <summary>
/// Running results of an associative operation in log₂ n steps over the whole axis (Hillis and Steele, 1986): plain Tensor arithmetic, so that gradients of any
/// order follow.
/// </summary>
internal static class Doubling
{
    /// <summary>zᵢ = x₀ ∘ … ∘ xᵢ along an axis.</summary>
    public static Tensor Scan(Tensor x, int axis, Func<Tensor, Tensor, Tensor> combine)
    {
        var length = x.Shape[axis];
        for (var reach = 1; reach < length; reach *= 2)
        {
            var joined = combine(x.Slice(axis, reach, length - reach), x.Slice(axis, 0, length - reach));
            x = Tensor.Concat([x.Slice(axis, 0, reach), joined], axis);
        }

        return x;
    }
}
