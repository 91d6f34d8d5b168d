namespace Gradus;

/// <summary>One position of an axis.</summary>
public readonly record struct SelectArgs(int Axis, int Index)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SelectArgs), PrintMembers);
}

/// <summary>Some positions of an axis.</summary>
public readonly record struct SliceArgs(int Axis, int Start, int Length, int Step)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SliceArgs), PrintMembers);
}

/// <summary>Where in a tensor of zeros a slice goes.</summary>
public readonly record struct EmbedArgs(SliceArgs Slice, Shape Shape);

/// <summary>The sizes of the pieces into which an axis is cut.</summary>
public readonly record struct SplitArgs(int Axis, int[] Sizes)
{
    /// <inheritdoc/>
    public override string ToString() => $"axis {Axis} [{string.Join(",", Sizes)}]";
}

/// <summary>An order of axes.</summary>
public readonly record struct PermuteArgs(int[] Order)
{
    /// <summary>The order that undoes this one.</summary>
    internal int[] Inverse()
    {
        var inverse = new int[Order.Length];
        for (var axis = 0; axis < inverse.Length; axis++) inverse[Order[axis]] = axis;
        return inverse;
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(",", Order)}]";
}

internal static partial class Ops
{
    /// <summary>The same elements under another shape.</summary>
    public static readonly ViewOp<Shape> Reshape = new("reshape")
    {
        Kind = OpKind.Linear,
        View = static (x, shape) => x.Reshape(shape)!,
        Dx = new(Reads.None, static (g, s) => g.Reshape(s.XShape)),
    };

    /// <summary>The axes in another order.</summary>
    public static readonly ViewOp<PermuteArgs> Permute = new("permute")
    {
        Kind = OpKind.Linear,
        View = static (x, args) => x.Permute(args.Order),
        Dx = new(Reads.None, static (g, s) => g.Permute(s.Args.Inverse())),
    };

    /// <summary>The same tensor as a node of its own: where a part of the graph begins.</summary>
    public static readonly ViewOp<None> Identity = new("identity")
    {
        Kind = OpKind.Linear,
        View = static (x, _) => x,
        Dx = new(Reads.None, static (g, _) => g),
    };

    /// <summary>Repeated to a larger shape. The engine sums the gradient back over what was repeated.</summary>
    public static readonly ViewOp<Shape> Expand = new("expand")
    {
        Kind = OpKind.Linear,
        View = static (x, shape) => x.Expand(shape),
        Dx = new(Reads.None, static (g, _) => g),
    };

    /// <summary>Some positions of an axis.</summary>
    public static readonly ViewOp<SliceArgs> Slice = new("slice")
    {
        Kind = OpKind.Linear,
        View = static (x, args) => x.Slice(args.Axis, args.Start, args.Length, args.Step),
        Dx = new(Reads.None, static (g, s) => Embed!.Apply(g, new EmbedArgs(s.Args, s.XShape))),
    };

    /// <summary>One position of an axis, which is removed.</summary>
    public static readonly ViewOp<SelectArgs> Select = new("select")
    {
        Kind = OpKind.Linear,
        View = static (x, args) => x.Select(args.Axis, args.Index),
        Dx = new(Reads.None, static (g, s) => Embed!.Apply(g.Unsqueeze(s.Args.Axis), new EmbedArgs(new SliceArgs(s.Args.Axis, s.Args.Index, 1, 1), s.XShape))),
    };

    /// <summary>Zeros, with x in a slice of them: the adjoint of <see cref="Slice"/>, which is its own.</summary>
    public static readonly UnaryOp<EmbedArgs> Embed = new("embed")
    {
        MovesElements = true,
        Kind = OpKind.Linear,
        Infer = static (x, args) => new Meta(args.Shape, x.DType),
        Run = static (x, args, z) =>
        {
            z.Clear();
            Elementwise.Copy(x, default, z.Slice(args.Slice.Axis, args.Slice.Start, args.Slice.Length, args.Slice.Step));
        },
        Dx = new(Reads.None, static (g, s) => g.Slice(s.Args.Slice.Axis, s.Args.Slice.Start, s.Args.Slice.Length, s.Args.Slice.Step)),
    };

    /// <summary>Tensors joined along an axis: the adjoint of <see cref="Split"/>, which is its own.</summary>
    public static readonly VariadicOp<int> Concat = new("concat")
    {
        MovesElements = true,
        Kind = OpKind.Linear,
        Infer = static (inputs, axis) =>
        {
            var sizes = inputs[0].Shape.ToArray();
            var joined = 0L;
            foreach (var input in inputs)
            {
                joined += input.Rank == sizes.Length ? input.Shape[axis] : 0;
                for (var other = 0; other < Math.Max(input.Rank, sizes.Length); other++)
                {
                    if (input.Rank != sizes.Length || (other != axis && input.Shape[other] != sizes[other]))
                    {
                        throw new GradusException($"concat: {input} beside {inputs[0]} along axis {axis}; all other sizes must be equal.");
                    }
                }
            }

            sizes[axis] = Shape.Size(joined, "concat");
            return new Meta(Shape.Adopt(sizes), inputs[0].DType);
        },
        Run = static (inputs, axis, z) =>
        {
            var start = 0;
            foreach (var input in inputs)
            {
                var length = input.Shape[axis];
                if (length > 0) Elementwise.Copy(input, default, z.Slice(axis, start, length, 1));
                start += length;
            }
        },
        Dx = static (g, inputs, axis) => Split!.Apply(g, new SplitArgs(axis, [.. inputs.Select(input => input.Shape[axis])])),
    };

    /// <summary>Views of one piece of an axis after the other.</summary>
    public static readonly ViewsOp<SplitArgs> Split = new("split")
    {
        Kind = OpKind.Linear,
        Views = static (x, args) =>
        {
            var start = 0;
            return Array.ConvertAll(args.Sizes, size => x.Slice(args.Axis, (start += size) - size, size, 1));
        },
        Dx = static (gradients, args) => Concat.Apply(gradients, args.Axis),
    };
}
