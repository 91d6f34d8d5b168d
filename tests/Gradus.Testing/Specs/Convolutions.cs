using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Convolutions, and convolution along one axis, must do.</summary>
internal static class Convolutions
{
    /// <summary>An image, filters, and how the windows lie.</summary>
    private static readonly (int[] X, int[] W, ConvOptions Options)[] Uses =
    [
        ([2, 3, 4, 5], [4, 3, 3, 3], new()),
        ([2, 2, 4, 3], [3, 2, 3, 3], new() { Padding = 1 }),
        ([1, 2, 5, 6], [2, 2, 3, 2], new() { Stride = 2, Padding = 1 }),
        ([1, 2, 6, 5], [3, 2, 2, 3], new() { Stride = (2, 1), Padding = (2, 1), Dilation = (1, 2) }),
        ([1, 1, 7, 7], [2, 1, 2, 2], new() { Stride = 3, Dilation = 2 }),
        ([2, 4, 4, 4], [6, 2, 3, 2], new() { Padding = (1, 0), Groups = 2 }),
        ([2, 3, 5, 4], [3, 1, 3, 3], new() { Padding = 1, Groups = 3 }),
        ([1, 2, 5, 7], [4, 1, 3, 2], new() { Stride = 2, Padding = 1, Groups = 2 }),
        ([2, 5, 3, 4], [7, 5, 1, 1], new()),
        ([1, 2, 5, 4], [3, 2, 1, 1], new() { Stride = 2 }),
        ([1, 2, 2, 2], [1, 2, 4, 3], new() { Padding = 3 }),
        ([0, 2, 3, 3], [2, 2, 2, 2], new()),
    ];

    private static readonly (int[] X, int[] W, ConvOptions Options)[] Large =
    [
        ([3, 20, 17, 19], [40, 20, 3, 3], new() { Padding = 1 }),
        ([2, 33, 15, 33], [17, 33, 3, 3], new() { Stride = 2, Padding = 1 }),
        ([5, 40, 14, 14], [35, 40, 1, 1], new()),
        ([2, 20, 30, 31], [20, 1, 3, 3], new() { Padding = 1, Groups = 20 }),
        ([2, 20, 31, 30], [20, 1, 3, 3], new() { Stride = 2, Padding = 1, Groups = 20 }),
        ([17, 1, 28, 28], [16, 1, 5, 5], new()),
    ];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Conv2d, [.. Uses.Select(Biased), .. Uses.Select(Plain)], OpSpec.Floats,
            large: [.. Large[..2].Select(Biased), .. Large.Select(Plain)], misuses:
            [
                new("the bias", static () => Tensor.Ones([1, 2, 3, 3]).Conv2d(Tensor.Ones([4, 2, 2, 2]), Tensor.Ones([3])),
                    "conv2d: the bias is f32[3], expected [4]."),
                new("the channels", static () => Tensor.Ones([2, 3, 8, 8]).Conv2d(Tensor.Ones([4, 2, 3, 3])),
                    "conv2d: the input is f32[2,3,8,8], the weight f32[4,2,3,3] expects 2 channels, got 3."),
                new("the channels of groups", static () => Tensor.Ones([2, 3, 8, 8]).Conv2d(Tensor.Ones([4, 2, 3, 3]), null, new() { Groups = 2 }),
                    "expects 4 channels in 2 groups, got 3."),
                new("filters in groups", static () => Tensor.Ones([2, 4, 8, 8]).Conv2d(Tensor.Ones([3, 2, 3, 3]), null, new() { Groups = 2 }),
                    "conv2d: 3 filters cannot be divided into 2 groups."),
                new("the rank", static () => Tensor.Ones([3, 8, 8]).Conv2d(Tensor.Ones([4, 3, 3, 3])),
                    "conv2d: the input is f32[3,8,8], the weight f32[4,3,3,3]; expected [images, channels, height, width]"),
                new("too small", static () => Tensor.Ones([1, 1, 2, 2]).Conv2d(Tensor.Ones([1, 1, 3, 3]), null, new() { Dilation = 2 }),
                    "conv2d: the input is f32[1,1,2,2], too small for a kernel of 3×3 with dilation 2."),
                new("an empty kernel", static () => Tensor.Ones([1, 1, 2, 2]).Conv2d(Tensor.Ones([1, 1, 0, 1])), "its kernel is empty"),
                new("the stride", static () => Tensor.Ones([1, 1, 2, 2]).Conv2d(Tensor.Ones([1, 1, 1, 1]), null, new() { Stride = 0 }),
                    "conv2d: stride 0×0, padding 0×0, dilation 1×1, 1 groups; expected a stride"),
                new("one axis", static () => Tensor.Ones([1, 2]).Conv1d(Tensor.Ones([1, 2, 1])),
                    "conv1d: the input is f32[1,2], the weight f32[1,2,1]; expected [samples, channels, length]"),
            ]),
        OpSpec.General(Ops.ConvTranspose2d, Uses.Select(Transposed), OpSpec.Floats, large: Large.Select(Transposed), misuses:
            [
                new("the channels", static () => Tensor.Ones([2, 3, 8, 8]).ConvTranspose2d(Tensor.Ones([4, 2, 3, 3])),
                    "convTranspose2d: the input is f32[2,3,8,8], the weight f32[4,2,3,3] expects 4 channels, got 3."),
                new("groups", static () => Tensor.Ones([2, 3, 8, 8]).ConvTranspose2d(Tensor.Ones([3, 2, 3, 3]), null, new() { Groups = 2 }),
                    "convTranspose2d: 3 channels cannot be divided into 2 groups."),
                new("the rank", static () => Tensor.Ones([3, 8, 8]).ConvTranspose2d(Tensor.Ones([3, 2, 3, 3])),
                    "convTranspose2d: the input is f32[3,8,8], the weight f32[3,2,3,3]; expected"),
                new("the bias", static () => Tensor.Ones([1, 2, 3, 3]).ConvTranspose2d(Tensor.Ones([2, 4, 2, 2]), Tensor.Ones([2])),
                    "convTranspose2d: the bias is f32[2], expected [4]."),
                new("too much cut off", static () => Tensor.Ones([1, 2, 1, 1]).ConvTranspose2d(Tensor.Ones([2, 4, 2, 2]), null, new() { Padding = 1 }),
                    "too small for a kernel of 2×2 with padding 1."),
                new("the output padding", static () => Tensor.Ones([1, 2, 1, 1]).ConvTranspose2d(Tensor.Ones([2, 4, 2, 2]), outputPadding: 1),
                    "convTranspose2d: an output padding of 1 with a stride of 1; expected 0 … 0."),
            ]),
        OpSpec.General(Ops.Conv2dWeight, Uses.Select(Weight), OpSpec.Floats, large: Large.Select(Weight)),
        OpSpec.Composite("Conv1d",
            [
                Convolved([2, 3, 5], [2, 3, 3], new()), Convolved([1, 2, 7], [2, 2, 3], new() { Stride = 2, Padding = 1 }),
                Convolved([1, 4, 6], [6, 2, 2], new() { Groups = 2, Dilation = 2 }),
            ], OpSpec.Floats),
        OpSpec.Composite("ConvTranspose1d",
            [
                Transposed([2, 3, 4], [3, 2, 3], new(), 0), Transposed([1, 2, 3], [2, 2, 3], new() { Stride = 2, Padding = 1 }, 1),
                Transposed([1, 4, 3], [4, 1, 2], new() { Groups = 2, Dilation = 2 }, 0),
            ], OpSpec.Floats,
            misuses: [new("the rank", static () => Tensor.Ones([2, 2]).ConvTranspose1d(Tensor.Ones([2, 2, 2])),
                "convTranspose1d: the input is f32[2,2], the weight f32[2,2,2]; expected [samples, channels, length]")]),
    ];

    private static Case Plain((int[] X, int[] W, ConvOptions Options) use) =>
        Case.Of(Ops.Conv2d, use.Options, Any(use.X), Any(use.W), (x, w) => Windowing.Convolution(x, w, null, use.Options));

    private static Case Biased((int[] X, int[] W, ConvOptions Options) use) =>
        Case.Of(Ops.Conv2d, use.Options, Any(use.X), Any(use.W), Any([use.W[0]]), (x, w, b) => Windowing.Convolution(x, w, b, use.Options));

    private static Case Transposed((int[] X, int[] W, ConvOptions Options) use) =>
        Case.Of(Ops.ConvTranspose2d, new ConvAdjointArgs(use.Options, Shape.Create(use.X)), Any(Result(use)), Any(use.W),
            (y, w) => Windowing.Transposed(y, w, use.X, use.Options));

    private static Case Weight((int[] X, int[] W, ConvOptions Options) use) =>
        Case.Of(Ops.Conv2dWeight, new ConvAdjointArgs(use.Options, Shape.Create(use.W)), Any(use.X), Any(Result(use)),
            (x, y) => Windowing.Weight(x, y, use.W, use.Options));

    /// <summary>The shape of the forward pass's result.</summary>
    private static int[] Result((int[] X, int[] W, ConvOptions Options) use) =>
        Gradus.WindowKernels.InferConvolution(new Meta(Shape.Create(use.X), DType.Float32), new Meta(Shape.Create(use.W), DType.Float32), null,
            use.Options).Shape.ToArray();

    private static Case Transposed(int[] x, int[] w, ConvOptions options, int more)
    {
        var length = ((x[2] - 1) * options.Stride.Width) - (2 * options.Padding.Width) + (options.Dilation.Width * (w[2] - 1)) + 1 + more;
        int[] shape = [x[0], w[1] * options.Groups, 1, length];
        return Case.Of([Any(x), Any(w), Any([shape[1]])], t => t[0].ConvTranspose1d(t[1], t[2], options, more), a =>
        {
            var sum = Windowing.Transposed(Windowing.Tall(a[0]), Windowing.Tall(a[1]), shape, options.AlongWidth());
            return Windowing.Flat(NArray.Build(shape, at => sum[at] + a[2][at[1]]));
        }, $"{options} {more}");
    }

    private static Case Convolved(int[] x, int[] w, ConvOptions options) => Case.Of([Any(x), Any(w), Any([w[0]])], t => t[0].Conv1d(t[1], t[2], options), a =>
        Windowing.Flat(Windowing.Convolution(Windowing.Tall(a[0]), Windowing.Tall(a[1]), a[2], options.AlongWidth())), $"{options}");

    // Small enough that float32's sums of some tens of terms stay within the battery's tolerance.
    private static Input Any(int[] shape) => new(shape, new Domain(-0.5, 0.5));
}
