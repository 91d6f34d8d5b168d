namespace Gradus;

public sealed partial class Tensor
{
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

    // Row kernels work along the last axis; another axis is brought there and back, which is two views and a copy.
    private Tensor AlongLast(int axis, string operation, UnaryOp<None> op)
    {
        axis = Shape.Axis(axis, operation);
        return axis == Rank - 1 ? op.Apply(this, default) : op.Apply(Transpose(axis, -1), default).Transpose(axis, -1);
    }
}
