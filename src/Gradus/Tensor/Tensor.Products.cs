namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// The matrix product over the last two axes; the axes before them broadcast. A vector counts as a row on the left, as a column on the right.
    /// </summary>
    /// <remarks>[…, m, k] · […, k, n] → […, m, n]; ∂L/∂X = G·Yᵀ, ∂L/∂Y = Xᵀ·G.</remarks>
    /// <exception cref="GradusException">The inner sizes differ, or an operand is a scalar.</exception>
    public Tensor MatMul(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (Rank == 0 || y.Rank == 0) throw new GradusException($"matmul: {Describe()} · {y.Describe()}: a scalar has no rows or columns. Use * instead.");
        var left = Rank == 1 ? Unsqueeze(0) : this;
        var right = y.Rank == 1 ? y.Unsqueeze(1) : y;
        var product = Ops.MatMul.Apply(left, right, default);
        if (Rank == 1) product = product.Squeeze(-2);
        return y.Rank == 1 ? product.Squeeze(-1) : product;
    }

    /// <summary>x·Wᵀ + b in one pass: […, in] and [out, in] and [out] → […, out].</summary>
    /// <param name="weight">W, shaped [out, in].</param>
    /// <param name="bias">b, shaped [out], or none.</param>
    /// <exception cref="GradusException">The sizes do not fit.</exception>
    public Tensor Linear(Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return Ops.Linear.Apply(this, weight, bias, default);
    }

    /// <summary>
    /// The products of two batches of matrices, one by one: [b, m, k] · [b, k, n] → [b, m, n]. <see cref="MatMul"/> does the same and broadcasts.
    /// </summary>
    /// <exception cref="GradusException">An operand has not three axes, or the sizes differ.</exception>
    public Tensor Bmm(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (Rank != 3 || y.Rank != 3 || Shape[0] != y.Shape[0])
        {
            throw new GradusException($"bmm: {Describe()} · {y.Describe()}; expected [b, m, k] and [b, k, n]. MatMul broadcasts.");
        }

        return MatMul(y);
    }

    /// <summary>Σ xᵢ·yᵢ of two vectors: [n] · [n] → a scalar.</summary>
    /// <exception cref="GradusException">An operand is no vector, or the sizes differ.</exception>
    public Tensor Dot(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (Rank != 1 || y.Rank != 1 || Shape != y.Shape)
        {
            throw new GradusException($"dot: {Describe()} · {y.Describe()}; expected two vectors [n]. MatMul takes matrices, Inner any tensors.");
        }

        return MatMul(y);
    }

    /// <summary>The sums of products along the last axis of both: […, k] and (…′, k) → (…, …′), as NumPy's inner. Scalars are multiplied.</summary>
    /// <exception cref="GradusException">The last sizes differ.</exception>
    public Tensor Inner(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return Rank == 0 || y.Rank == 0 ? this * y : TensorDot(y, [-1], [-1]);
    }

    /// <summary>out[i, j] = xᵢ·yⱼ of two vectors: [m], [n] → [m, n].</summary>
    /// <exception cref="GradusException">An operand is no vector.</exception>
    public Tensor Outer(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (Rank != 1 || y.Rank != 1)
        {
            throw new GradusException($"outer: {Describe()} and {y.Describe()}; expected two vectors. TensorDot with no axes takes any tensors.");
        }

        return Unsqueeze(1) * y;
    }

    /// <summary>
    /// Sums of products along pairs of axes: the axes of this tensor that are left, then those of y. Without axes every element meets every other.
    /// </summary>
    /// <param name="y">The other tensor.</param>
    /// <param name="axes">Axes of this tensor.</param>
    /// <param name="others">The axes of y that they meet, in the same order and of the same sizes.</param>
    /// <exception cref="GradusException">The axes differ in number or size.</exception>
    public Tensor TensorDot(Tensor y, ReadOnlySpan<int> axes, ReadOnlySpan<int> others)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (axes.Length != others.Length)
        {
            throw new GradusException($"tensorDot: {axes.Length} axes of {Describe()} and {others.Length} of {y.Describe()}; expected as many of both.");
        }

        var left = Enumerable.Range(0, Rank).ToArray();
        var right = Enumerable.Range(Rank, y.Rank).ToArray();
        for (var pair = 0; pair < axes.Length; pair++)
        {
            int axis = Shape.Axis(axes[pair], "tensorDot"), other = y.Shape.Axis(others[pair], "tensorDot");
            if (Shape[axis] != y.Shape[other])
            {
                throw new GradusException($"tensorDot: axis {axis} of {Describe()} meets axis {other} of {y.Describe()}; expected equal sizes.");
            }

            right[other] = axis;
        }

        var summed = right.Where(label => label < Rank).ToArray();
        if (summed.Distinct().Count() != axes.Length) throw new GradusException($"tensorDot: an axis of {Describe()} or {y.Describe()} is named twice.");
        return Contraction.Run([this, y], [left, right], [.. left.Except(summed), .. right.Where(label => label >= Rank)]);
    }

    /// <summary>
    /// The Kronecker product: every element of x times the whole of y. Sizes multiply axis by axis, the shorter shape being filled up with ones in front.
    /// </summary>
    public Tensor Kron(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        var rank = Math.Max(Rank, y.Rank);
        int[] left = [.. Enumerable.Repeat(1, rank - Rank), .. Shape], right = [.. Enumerable.Repeat(1, rank - y.Rank), .. y.Shape];
        // Each axis becomes two, of which one operand has the first and the other the second.
        var product = Reshape([.. left.SelectMany(static size => (int[])[size, 1])]) * y.Reshape([.. right.SelectMany(static size => (int[])[1, size])]);
        return product.Reshape([.. left.Zip(right, static (x, y) => Shape.Size((long)x * y, "kron"))]);
    }

    /// <summary>Sums of products named by letters: <c>Einsum("ij,jk-&gt;ik", x, y)</c> is a matrix product.</summary>
    /// <remarks>
    /// Each operand's axes are named by letters. A letter that the output does not name is summed over; one that an operand names twice takes its diagonal;
    /// <c>...</c> stands for the axes that are not named, which broadcast; a size of 1 broadcasts too. Without an arrow the output names, in alphabetical order
    /// (capitals first), the letters that occur once, after the axes of <c>...</c>. Several operands are contracted pair by pair, the pair first whose product
    /// adds the fewest elements, each as one batched matrix product.
    /// </remarks>
    /// <param name="equation">
    /// Letters of the operands, separated by commas; then, if given, an arrow and the letters of the output. Spaces do not count.
    /// </param>
    /// <param name="operands">The tensors.</param>
    /// <exception cref="GradusException">The equation is malformed, or does not fit the operands; or one of them is bool.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        foreach (var operand in operands)
        {
            ArgumentNullException.ThrowIfNull(operand, nameof(operands));
            if (operand.DType == DType.Bool) throw Errors.NoArithmetic("einsum");
        }

        var names = EinsumEquation.Parse(equation, operands);
        return Contraction.Run(operands, names.Operands, names.Output);
    }
}
