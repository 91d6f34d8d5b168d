namespace Gradus;

/// <summary>Along which axis elements are combined, how, and whether what was there takes part.</summary>
public readonly record struct CombineArgs(int Axis, ScatterReduction Reduction, bool IncludeSelf)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(CombineArgs), PrintMembers);
}

internal static partial class Ops
{
    /// <summary>x, with the greatest, the least or the product of the elements of z at positions y of an axis.</summary>
    public static readonly TernaryOp<CombineArgs> ScatterCombine = new("scatterReduce")
    {
        Promote = Promote.None,
        Infer = static (x, index, source, args) =>
        {
            if (x.DType == DType.Bool) throw Errors.NoArithmetic("scatterReduce");
            var fits = index.Rank == x.Rank && source.Shape == index.Shape && source.DType == x.DType;
            for (var axis = 0; fits && axis < x.Rank; axis++) fits = axis == args.Axis || index.Shape[axis] <= x.Shape[axis];
            return fits
                ? new Meta(x.Shape, x.DType)
                : throw new GradusException($"scatterReduce: {source} at {index} along axis {args.Axis} does not fit into {x}.");
        },
        Run = Indexing.ScatterCombine,
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
}
