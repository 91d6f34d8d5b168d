namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>eˣ.</summary>
    public Tensor Exp() => Ops.Exp.Apply(this, default);

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    public Tensor Log() => Ops.Log.Apply(this, default);

    /// <summary>The natural logarithm of 1 + x, exact near 0.</summary>
    public Tensor Log1P() => Ops.Log1P.Apply(this, default);

    /// <summary>√x; NaN below 0.</summary>
    public Tensor Sqrt() => Ops.Sqrt.Apply(this, default);

    /// <summary>The error function, 2/√π · ∫₀ˣ e^−t² dt.</summary>
    public Tensor Erf() => Ops.Erf.Apply(this, default);

    /// <summary>xʸ, element by element, broadcasting. 0⁰ is 1; a negative x needs a whole y.</summary>
    public Tensor Pow(Tensor y) => Ops.Pow.Apply(this, y, default);

    /// <summary>xʸ for a number y.</summary>
    public Tensor Pow(double y) => y == 2 && DType.IsFloat ? Square() : Pow(Weak(y));

    /// <summary>2ˣ, element by element; exact for whole x.</summary>
    public Tensor Exp2() => Ops.Exp2.Apply(this, default);

    /// <summary>eˣ − 1, exact near 0.</summary>
    public Tensor ExpM1() => Ops.ExpM1.Apply(this, default);

    /// <summary>The logarithm to base 2, exact for powers of two; −∞ at 0, NaN below.</summary>
    public Tensor Log2() => Ops.Log2.Apply(this, default);

    /// <summary>The logarithm to base 10, exact for powers of ten; −∞ at 0, NaN below.</summary>
    public Tensor Log10() => Ops.Log10.Apply(this, default);

    /// <summary>1 / √x; ∞ at 0, NaN below.</summary>
    public Tensor Rsqrt() => Ops.Rsqrt.Apply(this, default);

    /// <summary>1 / x; ±∞ at ±0.</summary>
    public Tensor Reciprocal() => Ops.Reciprocal.Apply(this, default);

    /// <summary>1 − erf x, to the last digits of its small values too.</summary>
    public Tensor Erfc() => Ops.Erfc.Apply(this, default);

    /// <summary>√(x² + y²), broadcasting, without overflow on the way. The gradient at (0, 0) is NaN.</summary>
    public Tensor Hypot(Tensor y) => Ops.Hypot.Apply(this, y, default);

    /// <summary>log(eˣ + eʸ), broadcasting, without overflow on the way.</summary>
    public Tensor LogAddExp(Tensor y) => Ops.LogAddExp.Apply(this, y, default);

    /// <summary>x·log y, broadcasting; 0 where x is 0, unless y is NaN.</summary>
    public Tensor XLogY(Tensor y) => Ops.XLogY.Apply(this, y, default);
}
