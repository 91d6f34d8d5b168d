namespace Gradus;

/// <summary>
/// A sum of products of tensors whose axes have labels, over every label that the output does not have: pair by pair, each pair one batched matrix product.
/// </summary>
internal static class Contraction
{
    /// <summary>Contracts any number of operands.</summary>
    /// <param name="operands">The tensors.</param>
    /// <param name="labels">A label for each of their axes. One that a tensor has twice means its diagonal. A size of 1 broadcasts.</param>
    /// <param name="output">The labels of the result, none of them twice.</param>
    /// <exception cref="GradusException">A label has two sizes.</exception>
    public static Tensor Run(ReadOnlySpan<Tensor> operands, int[][] labels, int[] output)
    {
        var sizes = Sizes(operands, labels);
        var terms = new List<Term>();
        for (var index = 0; index < operands.Length; index++) terms.Add(Reduce(operands[index], labels[index], sizes));
        for (var index = 0; index < terms.Count; index++) terms[index] = terms[index].Keeping(Needed(terms, output, index, index));
        while (terms.Count > 1)
        {
            var (left, right) = Cheapest(terms, output, sizes);
            var product = Multiply(terms[left], terms[right], Needed(terms, output, left, right));
            terms.RemoveAt(right);
            terms[left] = product;
        }

        return Ordered(terms[0], output, sizes);
    }

    private static Dictionary<int, int> Sizes(ReadOnlySpan<Tensor> operands, int[][] labels)
    {
        var sizes = new Dictionary<int, int>();
        for (var index = 0; index < operands.Length; index++)
        {
            for (var axis = 0; axis < labels[index].Length; axis++)
            {
                int label = labels[index][axis], size = operands[index].Shape[axis];
                if (!sizes.TryGetValue(label, out var known) || known == 1) sizes[label] = size;
                else if (size != known && size != 1)
                {
                    throw new GradusException(
                        $"einsum: axis {Name(label, axis)} of operand {index}, {operands[index].Describe()}, has size {size}, but {known} before; " +
                        "expected equal sizes, or 1.");
                }
            }
        }

        return sizes;
    }

    private static string Name(int label, int axis) =>
        label is > 0 and <= 'z' && char.IsAsciiLetter((char)label) ? $"'{(char)label}'" : FormattableString.Invariant($"{axis}");

    /// <summary>Takes diagonals, and drops axes of size 1 that broadcast.</summary>
    private static Term Reduce(Tensor tensor, int[] labels, Dictionary<int, int> sizes)
    {
        var names = labels.ToList();
        for (var axis = names.Count - 1; axis >= 0; axis--)
        {
            if (tensor.Shape[axis] != 1 || sizes[names[axis]] == 1) continue;
            tensor = tensor.Squeeze(axis);
            names.RemoveAt(axis);
        }

        for (var axis = 0; axis < names.Count;)
        {
            var other = names.IndexOf(names[axis], axis + 1);
            if (other < 0)
            {
                axis++;
                continue;
            }

            tensor = tensor.Diagonal(0, axis, other);
            names.Add(names[axis]);
            names.RemoveAt(other);
            names.RemoveAt(axis);
        }

        return new Term(tensor, [.. names]);
    }

    /// <summary>The labels that the output, or a term other than these two, still needs.</summary>
    private static HashSet<int> Needed(List<Term> terms, int[] output, int left, int right) =>
        [.. output, .. terms.Where((_, index) => index != left && index != right).SelectMany(static term => term.Labels)];

    /// <summary>The pair whose product adds the fewest elements to what there is; the first of equal ones.</summary>
    private static (int Left, int Right) Cheapest(List<Term> terms, int[] output, Dictionary<int, int> sizes)
    {
        var best = (Left: 0, Right: 1);
        var least = double.PositiveInfinity;
        for (var left = 0; terms.Count > 2 && left < terms.Count; left++)
        {
            for (var right = left + 1; right < terms.Count; right++)
            {
                var kept = terms[left].Labels.Union(terms[right].Labels).Where(Needed(terms, output, left, right).Contains);
                var growth = kept.Aggregate(1.0, (product, label) => product * sizes[label]) - terms[left].Tensor.Count - terms[right].Tensor.Count;
                if (growth >= least) continue;
                (best, least) = ((left, right), growth);
            }
        }

        return best;
    }

    /// <summary>The product of two terms, summed over the labels that both have and nobody needs: [batch, rows, inner] · [batch, inner, columns].</summary>
    private static Term Multiply(Term x, Term y, HashSet<int> needed)
    {
        int[] shared = [.. x.Labels.Intersect(y.Labels)], batch = [.. shared.Where(needed.Contains)], inner = [.. shared.Except(batch)];
        int[] rows = [.. x.Labels.Except(shared)], columns = [.. y.Labels.Except(shared)], all = [.. batch, .. rows, .. columns];
        Tensor left = x.In([.. batch, .. rows, .. inner]), right = y.In([.. batch, .. inner, .. columns]);
        var lead = left.Shape.AsSpan()[..batch.Length];
        int[] rowSizes = left.Shape.ToArray()[batch.Length..(batch.Length + rows.Length)], columnSizes = right.Shape.ToArray()[(batch.Length + inner.Length)..];
        if (inner.Length == 0)
        {
            var spread = left.Reshape([.. left.Shape.AsSpan(), .. Enumerable.Repeat(1, columns.Length)]);
            return new Term(spread * right.Reshape([.. lead, .. Enumerable.Repeat(1, rows.Length), .. columnSizes]), all);
        }

        int height = Product(rowSizes), width = Product(columnSizes), depth = Product(left.Shape.AsSpan()[(batch.Length + rows.Length)..]);
        var product = left.Reshape([.. lead, height, depth]).MatMul(right.Reshape([.. lead, depth, width]));
        return new Term(product.Reshape([.. lead, .. rowSizes, .. columnSizes]), all);
    }

    /// <summary>The one term that is left, in the order of the output; what only operands of size 1 named is put back.</summary>
    private static Tensor Ordered(Term term, int[] output, Dictionary<int, int> sizes)
    {
        var result = term.In([.. output.Where(term.Labels.Contains)]);
        return result.Reshape([.. output.Select(label => sizes[label])]);
    }

    private static int Product(ReadOnlySpan<int> sizes)
    {
        var product = 1;
        foreach (var size in sizes) product = Shape.Size((long)product * size, "einsum");
        return product;
    }

    /// <summary>A tensor whose axes have labels, all different.</summary>
    private sealed record Term(Tensor Tensor, int[] Labels)
    {
        /// <summary>Summed over the labels that nobody needs; whole numbers keep their type, as in a matrix product.</summary>
        public Term Keeping(HashSet<int> needed)
        {
            int[] dropped = [.. Enumerable.Range(0, Labels.Length).Where(axis => !needed.Contains(Labels[axis]))];
            return dropped.Length == 0 ? this : new Term(Tensor.Sum(dropped).To(Tensor.DType), [.. Labels.Where(needed.Contains)]);
        }

        /// <summary>The axes in the order of these labels.</summary>
        public Tensor In(int[] order)
        {
            int[] axes = [.. order.Select(label => Array.IndexOf(Labels, label))];
            return axes.SequenceEqual(Enumerable.Range(0, axes.Length)) ? Tensor : Tensor.Permute(axes);
        }
    }
}
