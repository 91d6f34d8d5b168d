namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// X of A·X = B for a triangular A, this tensor: […, n, n] and […, n, k] → […, n, k]; leading axes broadcast. A vector [n] counts as one column. The other
    /// triangle is not read.
    /// </summary>
    /// <param name="b">The right side.</param>
    /// <param name="upper">Whether A is upper triangular; else it is lower triangular.</param>
    /// <param name="left">Whether A stands on the left; else X·A = B is solved, with B […, k, n].</param>
    /// <param name="unitDiagonal">Whether the diagonal is taken to be 1, and not read.</param>
    /// <remarks>By substitution: a quarter of the work of <see cref="Solve"/>. ∂L/∂B = A⁻ᵀ·G, ∂L/∂A is that triangle of −(∂L/∂B)·Xᵀ.</remarks>
    /// <exception cref="GradusException">The shapes do not fit, or an element of the diagonal is 0.</exception>
    public Tensor SolveTriangular(Tensor b, bool upper, bool left = true, bool unitDiagonal = false)
    {
        ArgumentNullException.ThrowIfNull(b);
        LinearAlgebraKernels.ExpectSquare("solveTriangular", Meta);
        if (b.Rank == 1) return SolveTriangular(b.Unsqueeze(left ? 1 : 0), upper, left, unitDiagonal).Squeeze(left ? -1 : -2);
        if (!left) return Transpose().SolveTriangular(b.Rank < 2 ? b : b.Transpose(), !upper, true, unitDiagonal).Transpose();
        if (b.Rank < 2 || b.Shape[-2] != Shape[-1])
        {
            throw new GradusException(
                $"solveTriangular: the matrix is {Describe()}, the right side {b.Describe()}; " +
                $"expected [..., {Shape[-1]}, columns], or one vector [{Shape[-1]}].");
        }

        var (matrices, sides) = OfOneBatch("solveTriangular", this, b);
        return Ops.SolveTriangular.Apply(matrices, sides, new TriangularArgs(upper, unitDiagonal));
    }

    /// <summary>X of A·X = B from the factor L of A = L·Lᵀ, this tensor, as <see cref="Cholesky"/> gives it: two substitutions.</summary>
    /// <param name="b">The right side: […, n, k], or a vector [n].</param>
    /// <param name="upper">Whether this tensor is U of A = Uᵀ·U instead.</param>
    /// <exception cref="GradusException">The shapes do not fit, or an element of the diagonal is 0.</exception>
    public Tensor CholeskySolve(Tensor b, bool upper = false) => upper
        ? SolveTriangular(Transpose().SolveTriangular(b, upper: false), upper: true)
        : Transpose().SolveTriangular(SolveTriangular(b, upper: false), upper: true);

    /// <summary>
    /// The X for which A·X comes nearest to B in the sum of squares, this tensor being A: […, m, n] and […, m, k] → […, n, k]; leading axes broadcast. A vector
    /// [m] counts as one column.
    /// </summary>
    /// <remarks>
    /// By Householder's reflections in float64; where there are fewer rows than columns, of all exact solutions the shortest. Y = A⁺ᵀ·G is ∂L/∂B, and ∂L/∂A is
    /// −Y·Xᵀ + (B − A·X)·(A⁺·Y)ᵀ + (A⁺ᵀ·X)·(G − Aᵀ·Y)ᵀ.
    /// </remarks>
    /// <param name="b">What is to be met.</param>
    /// <exception cref="GradusException">The shapes do not fit, or the columns (of a wide matrix the rows) depend on one another.</exception>
    public Tensor Lstsq(Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        if (b.Rank == 1) return Lstsq(b.Unsqueeze(1)).Squeeze(-1);
        if (Rank < 2 || b.Rank < 2 || b.Shape[-2] != Shape[-2])
        {
            throw new GradusException(
                $"lstsq: the matrix is {Describe()}, the right side {b.Describe()}; expected [..., m, n] and [..., m, columns], or one vector [m].");
        }

        var (matrices, sides) = OfOneBatch("lstsq", this, b);
        return Ops.LeastSquares.Apply(matrices, sides, default);
    }

    /// <summary>Matrices and right sides with the same leading axes.</summary>
    private static (Tensor Matrices, Tensor Sides) OfOneBatch(string operation, Tensor a, Tensor b)
    {
        var batch = Shape.Broadcast(operation, ProductKernels.Batch(a.Shape), ProductKernels.Batch(b.Shape));
        return (a.Expand([.. batch, a.Shape[-2], a.Shape[-1]]), b.Expand([.. batch, b.Shape[-2], b.Shape[-1]]));
    }
}
