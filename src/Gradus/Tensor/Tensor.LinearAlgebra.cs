namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The sum of the main diagonal of the last two axes: […, m, n] → […].</summary>
    /// <exception cref="GradusException">There are fewer than two axes.</exception>
    public Tensor Trace()
    {
        if (Rank < 2) throw new GradusException($"trace: got {Describe()}, expected matrices [..., m, n].");
        return Diagonal(0, -2, -1).Sum(-1);
    }

    /// <summary>A⁻¹ of each matrix: […, n, n] → […, n, n], by elimination with partial pivoting. ∂L/∂A = −A⁻ᵀ·G·A⁻ᵀ.</summary>
    /// <remarks>To multiply by an inverse, <see cref="Solve"/> is faster and more accurate.</remarks>
    /// <exception cref="GradusException">A matrix is not square, or singular.</exception>
    public Tensor Inverse() => Ops.Inverse.Apply(this, default);

    /// <summary>X of A·X = B, this tensor being A: […, n, n] and […, n, k] → […, n, k]; leading axes broadcast. A vector [n] counts as one column.</summary>
    /// <remarks>By elimination with partial pivoting. ∂L/∂B = A⁻ᵀ·G, ∂L/∂A = −(∂L/∂B)·Xᵀ.</remarks>
    /// <param name="b">The right side.</param>
    /// <exception cref="GradusException">The shapes do not fit, or a matrix is singular.</exception>
    public Tensor Solve(Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return b.Rank == 1 ? Ops.Solve.Apply(this, b.Unsqueeze(1), default).Squeeze(-1) : Ops.Solve.Apply(this, b, default);
    }

    /// <summary>The determinant of each matrix: […, n, n] → […]. ∂L/∂A = G·cof(A), for a singular matrix too.</summary>
    /// <remarks>It leaves the range of float32 early (2³⁰⁰ is too much); use <see cref="SlogDet"/> for large matrices.</remarks>
    /// <exception cref="GradusException">A matrix is not square.</exception>
    public Tensor Det() => Ops.Determinant.Apply(this, default);

    /// <summary>The sign of each determinant (−1, 0, 1) and the logarithm of its size: […, n, n] → […] and […]. Of a singular matrix 0 and −∞.</summary>
    /// <remarks>∂ log|det A| / ∂A = A⁻ᵀ; the sign has gradient 0.</remarks>
    /// <exception cref="GradusException">A matrix is not square; or, in the backward pass, singular.</exception>
    public (Tensor Sign, Tensor LogAbsDet) SlogDet() => (Ops.DeterminantSign.Apply(this, default), Ops.LogDeterminant.Apply(this, default));

    /// <summary>The logarithm of each determinant: […, n, n] → […]. −∞ where it is 0, NaN where it is negative.</summary>
    /// <exception cref="GradusException">A matrix is not square; or, in the backward pass, singular.</exception>
    public Tensor LogDet()
    {
        var (sign, logarithm) = SlogDet();
        return logarithm + sign.Detach().Log();
    }

    /// <summary>
    /// The lower triangle L of A = L·Lᵀ: […, n, n] → […, n, n], for symmetric positive definite matrices. The upper triangle of A is not read.
    /// </summary>
    /// <remarks>The gradient is symmetric, as A is taken to be.</remarks>
    /// <exception cref="GradusException">A matrix is not square, or not positive definite.</exception>
    public Tensor Cholesky() => Ops.Cholesky.Apply(this, default);

    /// <summary>Aᵏ of each matrix, by repeated squaring: […, n, n] → […, n, n]. A⁰ is the identity, a negative power that of the inverse.</summary>
    /// <exception cref="GradusException">A matrix is not square; or the power is negative and a matrix singular.</exception>
    public Tensor MatrixPower(int power)
    {
        LinearAlgebraKernels.ExpectSquare("matrixPower", Meta);
        if (power == 0) return Eye(Shape[-1], DType).Expand(Shape).Clone();
        var square = power < 0 ? Inverse() : this;
        Tensor? result = null;
        for (var rest = Math.Abs((long)power); ; square = square.MatMul(square))
        {
            if ((rest & 1) == 1) result = result is null ? square : result.MatMul(square);
            if ((rest >>= 1) == 0) return result!;
        }
    }
}
