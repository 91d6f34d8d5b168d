namespace Gradus.Nn;

public static partial class Losses
{
    /// <summary>max(0, −y·(x₁ − x₂) + margin): the first shall be greater where y = 1, the second where y = −1.</summary>
    /// <param name="first">x₁, of any shape.</param>
    /// <param name="second">x₂, of the same shape.</param>
    /// <param name="target">y, 1 or −1, of the same shape.</param>
    /// <param name="margin">Default 0.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor MarginRanking(Tensor first, Tensor second, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("marginRanking", first, second);
        RequireSameShape("marginRanking", first, target);
        return Reduce((margin - (target.To(first.DType) * (first - second))).Relu(), reduction);
    }

    /// <summary>x where y = 1, max(0, margin − x) where y = −1; x is a distance.</summary>
    /// <param name="distance">x, of any shape.</param>
    /// <param name="target">y, 1 or −1, of the same shape.</param>
    /// <param name="margin">Default 1.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor HingeEmbedding(Tensor distance, Tensor target, double margin = 1, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("hingeEmbedding", distance, target);
        return Reduce(Tensor.Where(target > 0, distance, (margin - distance).Relu()), reduction);
    }

    /// <summary>1 − cos(x₁, x₂) where y = 1, max(0, cos(x₁, x₂) − margin) where y = −1.</summary>
    /// <param name="first">x₁, [samples, width] or [width].</param>
    /// <param name="second">x₂, of the same shape.</param>
    /// <param name="target">y, 1 or −1, [samples] or a scalar.</param>
    /// <param name="margin">Default 0.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public static Tensor CosineEmbedding(Tensor first, Tensor second, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean)
    {
        const double Epsilon = 1e-12;
        RequireSameShape("cosineEmbedding", first, second);
        (first, var firstSquares) = Reach.Down(first, -1);
        (second, var secondSquares) = Reach.Down(second, -1);
        var cosine = (first * second).Sum(-1) / ((firstSquares + Epsilon) * (secondSquares + Epsilon)).Sqrt();
        RequireSameShape("cosineEmbedding", cosine, target);
        return Reduce(Tensor.Where(target > 0, 1 - cosine, (cosine - margin).Relu()), reduction);
    }

    /// <summary>Σ_{i ≠ y} w_y·max(0, margin − x_y + xᵢ)^p / classes: the true class's score shall lead by a margin.</summary>
    /// <param name="scores">x, [samples, classes].</param>
    /// <param name="labels">y, i32 or i64 class numbers, [samples].</param>
    /// <param name="power">p, 1 or 2. Default 1.</param>
    /// <param name="margin">Default 1.</param>
    /// <param name="weight">w, [classes]. Default none.</param>
    /// <param name="reduction">Mean over the samples by default.</param>
    /// <exception cref="GradusException">The shapes do not fit, or p is neither 1 nor 2.</exception>
    public static Tensor MultiMargin(
        Tensor scores, Tensor labels, int power = 1, double margin = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        RequireClasses("multiMargin", scores, labels);
        Require(power is 1 or 2, "multiMargin", "power", power, "1 or 2");
        var classes = scores.Shape[1];
        var missing = (scores - scores.Gather(1, labels.Unsqueeze(1)) + margin).Relu();
        if (power == 2) missing = missing.Square();
        var loss = Weighted(missing, 1 - OneHot(labels, classes, scores.DType)).Sum(1) / classes;
        return Reduce(Weighted(loss, weight?.IndexSelect(0, labels)), reduction);
    }

    /// <summary>Σ over a sample's labels y and its other classes i of max(0, 1 − (x_y − xᵢ)) / classes.</summary>
    /// <param name="scores">x, [samples, classes].</param>
    /// <param name="labels">i32 or i64, [samples, classes]: each row's classes, and −1 behind the last of them.</param>
    /// <param name="reduction">Mean over the samples by default.</param>
    /// <exception cref="GradusException">The shapes differ, or a label is not a class.</exception>
    public static Tensor MultiLabelMargin(Tensor scores, Tensor labels, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("multiLabelMargin", scores, labels);
        if (scores.Rank != 2) throw new GradusException($"multiLabelMargin: the scores are {scores.Shape}, expected [samples, classes].");
        var isLabel = Labeled(labels).To(scores.DType);
        // [samples, labels, others]: how much a label's score lacks to lead another's by 1.
        var missing = (1 - scores.Unsqueeze(2) + scores.Unsqueeze(1)).Relu();
        return Reduce(Weighted(missing, isLabel.Unsqueeze(2) * (1 - isLabel).Unsqueeze(1)).Sum([1, 2]) / scores.Shape[1], reduction);
    }

    /// <summary>−Σᵢ wᵢ·(yᵢ·log σ(zᵢ) + (1 − yᵢ)·log σ(−zᵢ)) / classes: the mean binary cross-entropy of a sample's classes.</summary>
    /// <param name="logits">z, [samples, classes].</param>
    /// <param name="target">y, 0 or 1, of the same shape.</param>
    /// <param name="weight">w, [classes]. Default none.</param>
    /// <param name="reduction">Mean over the samples by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor MultiLabelSoftMargin(Tensor logits, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("multiLabelSoftMargin", logits, target);
        return Reduce(Weighted(logits.BinaryCrossEntropyWithLogits(target.To(logits.DType)), weight).Mean(-1), reduction);
    }

    /// <summary>max(0, d(a, p) − d(a, n) + margin) with d = ‖x − y + ε‖ₚ over the last axis: an anchor shall be nearer to its like than to another.</summary>
    /// <param name="anchor">a, [samples, width] or [width].</param>
    /// <param name="positive">p, of the same shape.</param>
    /// <param name="negative">n, of the same shape.</param>
    /// <param name="margin">Default 1.</param>
    /// <param name="power">The norm's p. Default 2.</param>
    /// <param name="swap">Whether d(p, n) is taken in place of d(a, n) where it is less. Default false.</param>
    /// <param name="epsilon">ε. Default 1e-6.</param>
    /// <param name="reduction">Mean by default.</param>
    /// <exception cref="GradusException">The shapes differ.</exception>
    public static Tensor TripletMargin(
        Tensor anchor, Tensor positive, Tensor negative, double margin = 1, double power = 2, bool swap = false, double epsilon = 1e-6,
        Reduction reduction = Reduction.Mean)
    {
        RequireSameShape("tripletMargin", anchor, positive);
        RequireSameShape("tripletMargin", anchor, negative);
        return TripletMargin(anchor, positive, negative, (x, y) => (x - y + epsilon).Norm(-1, power), margin, swap, reduction);
    }

    /// <summary>max(0, d(a, p) − d(a, n) + margin) with a distance d of one's own.</summary>
    /// <param name="anchor">a.</param>
    /// <param name="positive">p.</param>
    /// <param name="negative">n.</param>
    /// <param name="distance">d: gives a distance for each sample.</param>
    /// <param name="margin">Default 1.</param>
    /// <param name="swap">Whether d(p, n) is taken in place of d(a, n) where it is less. Default false.</param>
    /// <param name="reduction">Mean by default.</param>
    public static Tensor TripletMargin(
        Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor> distance, double margin = 1, bool swap = false,
        Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(distance);
        Tensor Between(Tensor x, Tensor y) => distance(x, y) ?? throw Errors.NoResult("tripletMargin");
        var far = Between(anchor, negative);
        if (swap) far = far.Minimum(Between(positive, negative));
        return Reduce((Between(anchor, positive) - far + margin).Relu(), reduction);
    }

    /// <summary>Which classes each row lists before its first −1.</summary>
    private static Tensor Labeled(Tensor labels)
    {
        var (rows, classes) = (labels.Shape[0], labels.Shape[1]);
        var numbers = labels.To(DType.Int64).ToArray<long>();
        var isLabel = new bool[numbers.Length];
        for (var row = 0; row < rows; row++)
        {
            foreach (var number in numbers.AsSpan(row * classes, classes))
            {
                if (number == -1) break;
                if (number < 0 || number >= classes)
                {
                    throw new GradusException(FormattableString.Invariant(
                        $"multiLabelMargin: label {number} is not one of {classes} classes; −1 ends a row's list."));
                }

                isLabel[(row * classes) + number] = true;
            }
        }

        return Tensor.From(isLabel, labels.Shape);
    }
}
