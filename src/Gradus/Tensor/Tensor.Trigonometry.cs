namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>sin x, x in radians, right to the last digits for every finite x; NaN at ±∞.</summary>
    public Tensor Sin() => Ops.Sin.Apply(this, default);

    /// <summary>cos x, x in radians, right to the last digits for every finite x; NaN at ±∞.</summary>
    public Tensor Cos() => Ops.Cos.Apply(this, default);

    /// <summary>tan x, x in radians; NaN at ±∞.</summary>
    public Tensor Tan() => Ops.Tan.Apply(this, default);

    /// <summary>The angle in [−π/2, π/2] whose sine is x; NaN beyond ±1.</summary>
    public Tensor Asin() => Ops.Asin.Apply(this, default);

    /// <summary>The angle in [0, π] whose cosine is x; NaN beyond ±1.</summary>
    public Tensor Acos() => Ops.Acos.Apply(this, default);

    /// <summary>The angle in [−π/2, π/2] whose tangent is x.</summary>
    public Tensor Atan() => Ops.Atan.Apply(this, default);

    /// <summary>(eˣ − e⁻ˣ) / 2.</summary>
    public Tensor Sinh() => Ops.Sinh.Apply(this, default);

    /// <summary>(eˣ + e⁻ˣ) / 2.</summary>
    public Tensor Cosh() => Ops.Cosh.Apply(this, default);

    /// <summary>log(x + √(x² + 1)), the inverse of sinh.</summary>
    public Tensor Asinh() => Ops.Asinh.Apply(this, default);

    /// <summary>log(x + √(x² − 1)), the inverse of cosh; NaN below 1.</summary>
    public Tensor Acosh() => Ops.Acosh.Apply(this, default);

    /// <summary>½·log((1 + x) / (1 − x)), the inverse of tanh; ±∞ at ±1, NaN beyond.</summary>
    public Tensor Atanh() => Ops.Atanh.Apply(this, default);

    /// <summary>The angle in [−π, π] of the point with ordinate y, this tensor, and abscissa x; broadcasting. Signs of zeros count, as in IEEE 754.</summary>
    public Tensor Atan2(Tensor x) => Ops.Atan2.Apply(this, x, default);
}
