namespace Gradus;

internal static partial class Ops
{
    /// <summary>Tensors joined along an axis: the adjoint of <see cref="Split"/>, which is its own.</summary>
    public static readonly VariadicOp<int> Concat = new("concat")
    {
        Symbol = "join",
        Derivatives = [DerivativeSymbol.Rule("the part of g", @"\text{the part of } g")],
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
                if (length > 0) ElementwiseKernels.Copy(input, default, z.Slice(axis, start, length, 1));
                start += length;
            }
        },
        Dx = static (g, inputs, axis) => Split!.Apply(g, new SplitArgs(axis, [.. inputs.Select(input => input.Shape[axis])])),
    };

    /// <summary>Views of one piece of an axis after the other.</summary>
    public static readonly ViewsOp<SplitArgs> Split = new("split")
    {
        Derivatives = [DerivativeSymbol.Rule("g, and 0 beside it", @"\operatorname{pad}(g)")],
        Role = OpRole.Masking,
        Kind = OpKind.Linear,
        Views = static (x, args) =>
        {
            var start = 0;
            return Array.ConvertAll(args.Sizes, size => x.Slice(args.Axis, (start += size) - size, size, 1));
        },
        Dx = static (gradients, args) => Concat.Apply(gradients, args.Axis),
    };
}
