namespace Gradus;

internal static partial class Ops
{
    /// <summary>The elements along an axis in order, and where they were.</summary>
    public static readonly IndexedOp<SortArgs> Sort = new("sort")
    {
        WantsDense = true,
        Infer = static (x, _) => x.Shape,
        Run = static (x, args, values, index) => OrderingKernels.Sort(x, args.Axis, args.Descending, values, index),
        Dx = new(Reads.Out1, static (g, s) => ScatterAdd!.Apply(g, s.Out1, new ScatterArgs(s.Args.Axis, s.XShape))),
    };

    /// <summary>The greatest or least elements along an axis in order, and where they were: the beginning of <see cref="Sort"/>.</summary>
    public static readonly IndexedOp<TopKArgs> TopK = new("topK")
    {
        Role = OpRole.Masking,
        WantsDense = true,
        Infer = static (x, args) =>
        {
            var sizes = x.Shape.ToArray();
            if (args.Count < 0 || args.Count > sizes[args.Axis]) throw new GradusException($"topK: {args.Count} elements of axis {args.Axis} of {x}.");
            sizes[args.Axis] = args.Count;
            return Shape.Adopt(sizes);
        },
        Run = static (x, args, values, index) => OrderingKernels.Sort(x, args.Axis, args.Largest, values, index),
        Dx = new(Reads.Out1, static (g, s) => ScatterAdd!.Apply(g, s.Out1, new ScatterArgs(s.Args.Axis, s.XShape))),
    };

    /// <summary>Where y would have to be inserted in the sorted lines x: before those equal to it, or after them.</summary>
    public static readonly BinaryOp<bool> SearchSorted = new("searchSorted")
    {
        WantsDense = true,
        Infer = static (sorted, values, _) =>
        {
            if (sorted.Rank == 0
                || (sorted.Rank > 1 && !(sorted.Rank == values.Rank && sorted.Shape.AsSpan()[..^1].SequenceEqual(values.Shape.AsSpan()[..^1]))))
            {
                throw new GradusException($"searchSorted: {values} in {sorted}; expected one sorted line, or as many as there are lines of values.");
            }

            return new Meta(values.Shape, DType.Int64);
        },
        Run = OrderingKernels.Search,
    };
}
