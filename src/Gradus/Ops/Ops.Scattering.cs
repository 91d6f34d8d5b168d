namespace Gradus;

internal static partial class Ops
{
    /// <summary>Zeros, to which x is added at positions y: the adjoint of <see cref="Gather"/>, which is its own.</summary>
    public static readonly BinaryOp<ScatterArgs> ScatterAdd = new("scatterAdd")
    {
        Kind = OpKind.Linear,
        Promote = Promote.None,
        Infer = static (x, index, args) =>
        {
            if (x.DType == DType.Bool) throw Errors.NoArithmetic("scatterAdd");
            var fits = index.Rank == x.Rank && args.Shape.Rank == x.Rank;
            for (var axis = 0; fits && axis < x.Rank; axis++)
            {
                fits = index.Shape[axis] <= x.Shape[axis] && (axis == args.Axis || index.Shape[axis] <= args.Shape[axis]);
            }

            return fits
                ? new Meta(args.Shape, x.DType)
                : throw new GradusException($"scatterAdd: {x} at {index} along axis {args.Axis} does not fit into {args.Shape}.");
        },
        Run = IndexingKernels.ScatterAdd,
        Dx = new(Reads.Y, static (g, s) => Gather.Apply(g, s.Y, s.Args.Axis)),
    };

    /// <summary>Zeros, to whose slices y those of x are added: the adjoint of <see cref="IndexSelect"/>, which is its own.</summary>
    public static readonly BinaryOp<ScatterArgs> IndexAdd = new("indexAdd")
    {
        Kind = OpKind.Linear,
        Promote = Promote.None,
        WantsDense = true,
        Infer = static (x, index, args) =>
        {
            if (x.DType == DType.Bool) throw Errors.NoArithmetic("indexAdd");
            RequireSlices("indexAdd", new Meta(args.Shape, x.DType), index, x, args.Axis);
            return new Meta(args.Shape, x.DType);
        },
        Run = IndexingKernels.IndexAdd,
        Dx = new(Reads.Y, static (g, s) => IndexSelect.Apply(g, s.Y, s.Args.Axis)),
    };

    /// <summary>x with slices y of an axis replaced by those of z; of equal positions the last wins, and it alone gets the gradient.</summary>
    public static readonly TernaryOp<int> IndexCopy = new("indexCopy")
    {
        Kind = OpKind.Linear,
        Promote = Promote.None,
        WantsDense = true,
        Infer = static (x, index, source, axis) =>
        {
            RequireSlices("indexCopy", x, index, source!.Value, axis);
            return new Meta(x.Shape, x.DType);
        },
        Run = IndexingKernels.IndexCopy,
        Dx = new(Reads.Y, static (g, s) => IndexCopy!.Apply(g, s.Y, g.Weak(0).Expand(s.Node.Inputs[2].Shape), s.Args)),
        Dz = new(Reads.Y, static (g, s) => Tensor.Where(
            LastOfEqual(s.Y, s.XShape[s.Args]).Reshape(Along(s.Args, s.XShape.Rank)), IndexSelect.Apply(g, s.Y, s.Args), g.Weak(0))),
    };

    /// <summary>x, with the greatest, the least or the product of the elements of z at positions y of an axis.</summary>
    public static readonly TernaryOp<CombineArgs> ScatterCombine = new("scatterReduce")
    {
        Promote = Promote.None,
        Infer = static (x, index, z, args) =>
        {
            var source = z!.Value;
            if (x.DType == DType.Bool) throw Errors.NoArithmetic("scatterReduce");
            var fits = index.Rank == x.Rank && source.Shape == index.Shape && source.DType == x.DType;
            for (var axis = 0; fits && axis < x.Rank; axis++) fits = axis == args.Axis || index.Shape[axis] <= x.Shape[axis];
            return fits
                ? new Meta(x.Shape, x.DType)
                : throw new GradusException($"scatterReduce: {source} at {index} along axis {args.Axis} does not fit into {x}.");
        },
        Run = IndexingKernels.ScatterCombine,
        Dx = new(Reads.X | Reads.Y | Reads.Z | Reads.Out, static (g, s) =>
        {
            var gradient = s.Args.Reduction == ScatterReduction.Product
                ? g.Chain(Cofactor(s, s.X, static whole => whole))
                : Share(s, s.X.Equal(s.Out), static whole => whole).Chain(g);
            return s.Args.IncludeSelf ? gradient : Tensor.Where(Touched(s), 0, gradient);
        }),
        Dz = new(Reads.X | Reads.Y | Reads.Z | Reads.Out, static (g, s) =>
        {
            var (index, axis) = (s.Y, s.Args.Axis);
            Tensor Pick(Tensor whole) => Gather.Apply(whole, index, axis);
            return s.Args.Reduction == ScatterReduction.Product ? Pick(g).Chain(Cofactor(s, s.Z, Pick)) : Share(s, s.Z.Equal(Pick(s.Out)), Pick).Chain(Pick(g));
        }),
    };

    /// <summary>Where something is put.</summary>
    private static Tensor Touched(Saved<CombineArgs> s) => Counted(s, Tensor.OnesLike(s.Z)).NotEqual(0);

    /// <summary>The sum of what is put to each place.</summary>
    private static Tensor Counted(Saved<CombineArgs> s, Tensor terms) => ScatterAdd.Apply(terms, s.Y, new ScatterArgs(s.Args.Axis, s.XShape));

    /// <summary>One part in as many as there are equal extremes at a place, for those that are.</summary>
    private static Tensor Share(Saved<CombineArgs> s, Tensor isExtreme, Func<Tensor, Tensor> pick)
    {
        var self = s.X.Equal(s.Out);
        if (!s.Args.IncludeSelf) self &= !Touched(s);
        var count = self.To(s.XDType) + Counted(s, s.Z.Equal(Gather.Apply(s.Out, s.Y, s.Args.Axis)).To(s.XDType));
        return isExtreme.To(s.XDType) / pick(count.Clamp(min: 1));
    }

    /// <summary>
    /// The product of all other factors at a place: of those that are not 0, times those that are while there is at most one, so that its derivative is right
    /// too.
    /// </summary>
    private static Tensor Cofactor(Saved<CombineArgs> s, Tensor factors, Func<Tensor, Tensor> pick)
    {
        Tensor selfIsZero = s.X.Equal(0), termIsZero = s.Z.Equal(0), isZero = factors.Equal(0);
        var product = ScatterCombine!.Apply(Tensor.Where(selfIsZero, s.X.Weak(1), s.X), s.Y, Tensor.Where(termIsZero, s.Z.Weak(1), s.Z), s.Args);
        if (!s.Args.IncludeSelf) selfIsZero &= !Touched(s);
        var otherZeros = pick(selfIsZero.To(s.XDType) + Counted(s, termIsZero.To(s.XDType))) - isZero.To(s.XDType);
        var otherZero = pick(Tensor.Where(selfIsZero, s.X, s.X.Weak(0)) + Counted(s, Tensor.Where(termIsZero, s.Z, s.Z.Weak(0))))
            - Tensor.Where(isZero, factors, factors.Weak(0));
        var others = pick(product) / Tensor.Where(isZero, factors.Weak(1), factors);
        return Tensor.Where(otherZeros.Equal(0), others, Tensor.Where(otherZeros.Equal(1), others * otherZero, factors.Weak(0)));
    }

    /// <summary>Holds that there is a slice of an axis for each position.</summary>
    private static void RequireSlices(string operation, Meta whole, Meta index, Meta slices, int axis)
    {
        if (index.Rank != 1) throw new GradusException($"{operation}: the index is {index}, expected one axis.");
        var sizes = whole.Shape.ToArray();
        sizes[axis] = index.Shape[0];
        if (slices.Shape.AsSpan().SequenceEqual(sizes)) return;
        throw new GradusException(
            $"{operation}: the source is {slices}, expected [{string.Join(",", sizes)}] for {index.Shape[0]} positions of axis {axis} of {whole}.");
    }

    /// <summary>Whether no later entry of an index is the same.</summary>
    private static Tensor LastOfEqual(Tensor index, int size)
    {
        var order = Tensor.Arange(index.Shape[0]);
        var last = IndexCopy.Apply(Tensor.Zeros([size], DType.Int64), index, order, 0);
        return IndexSelect.Apply(last, index, 0).Equal(order);
    }

    /// <summary>The shape in which a vector lies along one axis.</summary>
    private static int[] Along(int axis, int rank)
    {
        var sizes = new int[rank];
        Array.Fill(sizes, 1);
        sizes[axis] = -1;
        return sizes;
    }
}
