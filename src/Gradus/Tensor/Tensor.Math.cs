namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The same values as another element type; this tensor if it has that type. Fractions are cut off; every number but 0 becomes true.</summary>
    /// <remarks>
    /// Floats are rounded to nearest, ties to even. A float beyond an integer type becomes its nearest limit, NaN 0; i64 to i32 keeps the low bits. f16 and
    /// bf16 go by way of f32.
    /// </remarks>
    public Tensor To(DType dtype)
    {
        if (dtype == DType) return this;
        // From f16 and bf16 by f32, which holds them all; to them at once, since rounding twice may end one further away.
        var isDirect = !DType.IsHalf || dtype == DType.Float32;
        return isDirect ? Ops.Cast.Apply(this, dtype) : To(DType.Float32).To(dtype);
    }

    /// <summary>eˣ.</summary>
    public Tensor Exp() => Ops.Exp.Apply(this, default);

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    public Tensor Log() => Ops.Log.Apply(this, default);

    /// <summary>The natural logarithm of 1 + x, exact near 0.</summary>
    public Tensor Log1P() => Ops.Log1P.Apply(this, default);

    /// <summary>√x; NaN below 0.</summary>
    public Tensor Sqrt() => Ops.Sqrt.Apply(this, default);

    /// <summary>x².</summary>
    public Tensor Square() => Ops.Square.Apply(this, default);

    /// <summary>|x|. The gradient at 0 is 0.</summary>
    public Tensor Abs() => Ops.Abs.Apply(this, default);

    /// <summary>−1, 0 or 1. The gradient is zero.</summary>
    public Tensor Sign() => Ops.Sign.Apply(this, default);

    /// <summary>max(x, 0). The gradient at 0 is 0.</summary>
    public Tensor Relu() => Ops.Relu.Apply(this, default);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => Ops.Sigmoid.Apply(this, default);

    /// <summary>(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).</summary>
    public Tensor Tanh() => Ops.Tanh.Apply(this, default);

    /// <summary>The error function, 2/√π · ∫₀ˣ e^−t² dt.</summary>
    public Tensor Erf() => Ops.Erf.Apply(this, default);

    /// <summary>
    /// x·Φ(x) with the standard normal distribution Φ(x) = ½(1 + erf(x/√2)): the exact form, not the tanh approximation. Hendrycks and Gimpel, 2016.
    /// </summary>
    public Tensor Gelu() => Ops.Gelu.Apply(this, default);

    /// <summary>x / (1 + e⁻ˣ), also called swish.</summary>
    public Tensor Silu() => Ops.Silu.Apply(this, default);

    /// <summary>xʸ, element by element, broadcasting. 0⁰ is 1; a negative x needs a whole y.</summary>
    public Tensor Pow(Tensor y) => Ops.Pow.Apply(this, y, default);

    /// <summary>xʸ for a number y.</summary>
    public Tensor Pow(double y) => y == 2 && DType.IsFloat ? Square() : Pow(Weak(y));

    /// <summary>The larger of x and y, broadcasting; NaN if one is. Where they are equal each gets half of the gradient.</summary>
    public Tensor Maximum(Tensor y) => Ops.Maximum.Apply(this, y, default);

    /// <summary>The smaller of x and y, broadcasting; NaN if one is. Where they are equal each gets half of the gradient.</summary>
    public Tensor Minimum(Tensor y) => Ops.Minimum.Apply(this, y, default);

    /// <summary>x brought into [min, max]. The gradient is 1 inside, bounds included, and 0 outside.</summary>
    /// <exception cref="GradusException">min is above max.</exception>
    public Tensor Clamp(double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        if (!(min <= max)) throw new GradusException(FormattableString.Invariant($"clamp: the lower bound {min} is above the upper bound {max}."));
        return Ops.Clamp.Apply(this, new ClampArgs(min, max));
    }

    /// <summary>x brought into [min, max], whole numbers exactly. A bound at the end of the range of long, as one that is left out, bounds nothing.</summary>
    /// <exception cref="GradusException">min is above max.</exception>
    public Tensor Clamp(long min = long.MinValue, long max = long.MaxValue)
    {
        if (min > max) throw new GradusException($"clamp: the lower bound {min} is above the upper bound {max}.");
        if (DType != DType.Int64) return Clamp(min == long.MinValue ? double.NegativeInfinity : min, max == long.MaxValue ? double.PositiveInfinity : max);
        return Maximum(Scalar(min)).Minimum(Scalar(max));
    }

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
        return bias is null ? Ops.LinearWithoutBias.Apply(this, weight, default) : Ops.Linear.Apply(this, weight, bias, default);
    }

    /// <summary>Elements of x where the condition holds, of y elsewhere; all three broadcast.</summary>
    /// <exception cref="GradusException">The condition is not bool.</exception>
    public static Tensor Where(Tensor condition, Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (condition.DType != DType.Bool) throw Errors.WrongDType("where", "a bool condition", condition);
        return Ops.Where.Apply(condition, x, y, default);
    }

    /// <summary>Tensors joined along an axis that they have; their other sizes are equal.</summary>
    /// <exception cref="GradusException">There is none, or another size differs.</exception>
    public static Tensor Concat(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        if (tensors.IsEmpty) throw new GradusException("concat: there is nothing to join.");
        return Ops.Concat.Apply(tensors, Given(tensors[0]).Shape.Axis(axis, "concat"));
    }

    /// <summary>Tensors of one shape joined along a new axis.</summary>
    /// <exception cref="GradusException">There is none, or the shapes differ.</exception>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        if (tensors.IsEmpty) throw new GradusException("stack: there is nothing to join.");
        var parts = new Tensor[tensors.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            if (Given(tensors[index]).Shape != tensors[0].Shape)
            {
                throw new GradusException($"stack: {tensors[index].Describe()} beside {tensors[0].Describe()}; all must have one shape.");
            }

            parts[index] = tensors[index].Unsqueeze(axis);
        }

        return Concat(parts, axis < 0 ? axis + parts[0].Rank : axis);
    }

    /// <summary>The elements at given positions of one axis: out[i, j] = x[index[i, j], j] for axis 0. The index has x's rank.</summary>
    /// <param name="axis">The axis that the index runs along.</param>
    /// <param name="index">i32 or i64 positions; its other sizes are at most x's.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the shapes do not fit.</exception>
    public Tensor Gather(int axis, Tensor index) => Ops.Gather.Apply(this, Indices("gather", index), Shape.Axis(axis, "gather"));

    /// <summary>Whole slices of an axis at given positions: rows of a table, for axis 0.</summary>
    /// <param name="axis">The axis that is indexed.</param>
    /// <param name="index">i32 or i64 positions of shape [n]; the axis gets size n.</param>
    /// <exception cref="GradusException">A position is outside the axis, or the index is not 1-d.</exception>
    public Tensor IndexSelect(int axis, Tensor index) => Ops.IndexSelect.Apply(this, Indices("indexSelect", index), Shape.Axis(axis, "indexSelect"));

    /// <summary>eˣ / Σ eˣ along an axis.</summary>
    public Tensor Softmax(int axis = -1) => AlongLast(axis, "softmax", Ops.Softmax);

    /// <summary>x − log Σ eˣ along an axis.</summary>
    public Tensor LogSoftmax(int axis = -1) => AlongLast(axis, "logSoftmax", Ops.LogSoftmax);

    /// <summary>Softmax and cross-entropy as one: log Σⱼ e^xⱼ − x_label for each row.</summary>
    /// <param name="labels">i32 or i64 class numbers, [samples], for this tensor of shape [samples, classes].</param>
    /// <exception cref="GradusException">The shapes do not fit, or a label is not a class.</exception>
    public Tensor CrossEntropy(Tensor labels)
    {
        labels = Indices("crossEntropy", labels);
        if (Rank != 2 || labels.Rank != 1 || labels.Shape[0] != Shape[0])
        {
            throw new GradusException($"crossEntropy: the logits are {Describe()}, the labels {labels.Describe()}; expected [samples, classes] and [samples].");
        }

        return Ops.CrossEntropy.Apply(To(Promotion.Real(DType)), labels, default);
    }

    /// <summary>−(y·log p + (1 − y)·log(1 − p)) with p = sigmoid(x), element by element, in a form that cannot overflow.</summary>
    /// <param name="target">y in [0, 1].</param>
    public Tensor BinaryCrossEntropyWithLogits(Tensor target) => Ops.BinaryCrossEntropy.Apply(this, target, default);

    private static Tensor Indices(string operation, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return index.DType switch
        {
            DType.Int64 => index,
            DType.Int32 => index.To(DType.Int64),
            _ => throw Errors.WrongDType(operation, "i32 or i64 positions", index),
        };
    }

    // Row kernels work along the last axis; another axis is brought there and back, which is two views and a copy.
    private Tensor AlongLast(int axis, string operation, UnaryOp<None> op)
    {
        axis = Shape.Axis(axis, operation);
        return axis == Rank - 1 ? op.Apply(this, default) : op.Apply(Transpose(axis, -1), default).Transpose(axis, -1);
    }
}
