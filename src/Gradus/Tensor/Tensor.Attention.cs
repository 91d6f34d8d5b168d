namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>This mask as numbers to be added to scores: of bools, 0 where they hold and −∞ elsewhere.</summary>
    internal Tensor Additive(DType dtype)
    {
        if (DType != DType.Bool) return this;
        var type = Promotion.Real(dtype);
        return Where(this, Zeros([], type), Full([], double.NegativeInfinity, type));
    }
}
