namespace Gradus.Graphs;

/// <summary>
/// How many elements a result will have, where it can have many more than its inputs: joined again and again, or spread by broadcasting and reshaped, a few
/// numbers of a short text would fill the memory.
/// </summary>
internal static class ResultSize
{
    /// <summary>What is grown to at most, in elements: 512 MB.</summary>
    public const long Most = 1 << 26;

    // What is larger because the inputs are was wanted so.
    private const int MostGrowth = 4;

    /// <exception cref="GradusException">The result would be too large.</exception>
    public static void Check(Operation operation, Tensor[] inputs)
    {
        var given = inputs.Sum(static input => (long)input.Count);
        var isJoined = operation == Operations.Stack || operation == Operations.Concat;
        var size = isJoined ? given
            : operation.Row == Ops.MatMul ? Broadcast(Outer(inputs))
            : operation.Infix is not null || operation.Row?.Kind == OpKind.Elementwise ? Broadcast(Sizes(inputs))
            : 0;
        if (size <= Most || (!isJoined && size <= MostGrowth * given)) return;
        throw new GradusException(FormattableString.Invariant($"the result would have {size:N0} elements, expected at most {Most:N0}."));
    }

    private static int[][] Sizes(Tensor[] inputs) => [.. inputs.Select(static input => input.Shape.ToArray())];

    /// <summary>The sizes of a product's sides without the axis that is summed over.</summary>
    private static int[][] Outer(Tensor[] inputs)
    {
        var sizes = Sizes(inputs);
        if (sizes[0].Length > 0) sizes[0][^1] = 1;
        if (sizes[1].Length > 0) sizes[1][^Math.Min(2, sizes[1].Length)] = 1;
        return sizes;
    }

    private static long Broadcast(int[][] sizes)
    {
        var size = 1L;
        for (var axis = 1; axis <= sizes.Max(static sizes => sizes.Length); axis++)
        {
            var most = sizes.Max(sizes => axis <= sizes.Length ? sizes[^axis] : 1);
            size = most > 0 && size > long.MaxValue / most ? long.MaxValue : size * most;
        }

        return size;
    }
}
