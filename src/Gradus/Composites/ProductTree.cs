namespace Gradus;

/// <summary>
/// Products as a tree of multiplications: a gradient of any order is then right however many factors are zero, which dividing the product by a factor is not.
/// </summary>
internal static class ProductTree
{
    /// <summary>The gradient of a product along axes: g times the product of all other factors.</summary>
    public static Tensor Gradient(Tensor g, Tensor x, Axes axes)
    {
        // The reduced axes go to the end and become one.
        var order = Enumerable.Range(0, x.Rank).OrderBy(axes.Has).ToArray();
        var permuted = x.Rank == 0 ? x : x.Permute(order);
        var kept = axes.Reduce(x.Shape, keepDim: false);
        var length = (int)axes.Reduced(x.Shape);
        var factors = permuted.Reshape([.. kept, length]);
        var gradient = g.Reshape([.. kept, 1]).Chain(Others(factors));
        if (x.Rank == 0) return gradient.Reshape(x.Shape);
        var back = new int[order.Length];
        for (var axis = 0; axis < order.Length; axis++) back[order[axis]] = axis;
        return gradient.Reshape(permuted.Shape).Permute(back);
    }

    /// <summary>
    /// For each factor along the last axis the product of all others: pairs are multiplied on the way up, and each gets its neighbor on the way down.
    /// </summary>
    private static Tensor Others(Tensor factors)
    {
        var length = factors.Shape[-1];
        if (length <= 1) return Tensor.Ones(factors.Shape, factors.DType);
        var half = length / 2;
        Tensor left = factors.Slice(-1, 0, half), right = factors.Slice(-1, half, half);
        var odd = factors.Slice(-1, 2 * half, length - (2 * half));
        var others = Others(Tensor.Concat([left * right, odd], -1));
        var ofPairs = others.Slice(-1, 0, half);
        return Tensor.Concat([ofPairs * right, ofPairs * left, others.Slice(-1, half, length - (2 * half))], -1);
    }
}
