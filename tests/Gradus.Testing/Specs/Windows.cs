using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Windows must do.</summary>
internal static class Windows
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

    private static readonly (int[] X, PoolArgs Args)[] Pools =
    [
        ([2, 2, 4, 6], new(2, 2, 0, 1, true)),
        ([1, 2, 5, 11], new(2, 2, 0, 1, true)),
        ([1, 1, 5, 6], new(3, 2, 1, 1, true)),
        ([1, 2, 5, 4], new((2, 3), 1, (1, 1), 1, false)),
        ([2, 1, 3, 3], new(3, 3, 0, 1, true)),
        ([0, 2, 4, 4], new(2, 2, 0, 1, true)),
    ];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Conv2d, Uses.Select(Biased), OpSpec.Floats, large: Large[..2].Select(Biased), misuses:
            [new("the bias", static () => Tensor.Ones([1, 2, 3, 3]).Conv2d(Tensor.Ones([4, 2, 2, 2]), Tensor.Ones([3])),
                "conv2d: the bias is f32[3], expected [4].")]),
        OpSpec.General(Ops.Conv2dWithoutBias, Uses.Select(Plain), OpSpec.Floats, large: Large.Select(Plain), misuses:
            [
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
        OpSpec.General(Ops.MaxPool2d, [.. Pools.Append(([1, 1, 7, 6], new PoolArgs(3, 1, 1, 2, false)))
            .Append(([1, 1, 18, 17], new PoolArgs(17, 1, 0, 1, false))).Select(Max)], OpSpec.Floats,
            large: [Max(([9, 16, 30, 37], new PoolArgs(2, 2, 0, 1, false)))],
            misuses:
            [
                new("the rank", static () => Tensor.Ones([8, 8]).MaxPool2d(2), "maxPool2d: the input is f32[8,8], expected [images, channels, height, width]."),
                new("too small", static () => Tensor.Ones([1, 1, 2, 1]).MaxPool2d(2),
                    "maxPool2d: the input is f32[1,1,2,1], too small for windows of 2×2, stride 2."),
                new("the padding", static () => Tensor.Ones([1, 1, 2, 2]).MaxPool2d(2, padding: 2),
                    "maxPool2d: windows of 2×2, stride 2, padding 2; the padding must be from 0 to half of the window."),
                new("the stride", static () => Tensor.Ones([1, 1, 2, 2]).MaxPool2d(2, stride: 0),
                    "maxPool2d: windows of 2×2, stride 0; all but the padding must be at least 1."),
                new("nothing but padding", static () => Tensor.Ones([1, 1, 1, 1]).MaxPool2d(2, padding: 1, dilation: 2), "sees nothing but padding."),
            ]),
        OpSpec.General(Ops.AvgPool2d, Pools.Select(Mean), OpSpec.Floats, large: [Mean(([9, 16, 30, 37], new PoolArgs(2, 2, 0, 1, true)))],
            misuses:
            [
                new("the padding", static () => Tensor.Ones([1, 1, 2, 2]).AvgPool2d(2, padding: 2),
                    "avgPool2d: windows of 2×2, stride 2, padding 2; the padding must be from 0 to half of the window."),
                new("adaptively of two axes", static () => Tensor.Ones([2, 2]).AdaptiveAvgPool2d(1),
                    "adaptiveAvgPool2d: the input is f32[2,2], the result 1×1; expected [images, channels, height, width] and a size, none of them 0."),
            ]),
        OpSpec.General(Ops.AvgPool2dAdjoint, Pools.Select(MeanAdjoint), OpSpec.Floats, large: [MeanAdjoint(([9, 16, 30, 37], new PoolArgs(2, 2, 0, 1, true)))]),
    ];

    private static Case Plain((int[] X, int[] W, ConvOptions Options) use) =>
        Case.Of(Ops.Conv2dWithoutBias, use.Options, Any(use.X), Any(use.W), (x, w) => Windowing.Convolution(x, w, null, use.Options));

    private static Case Biased((int[] X, int[] W, ConvOptions Options) use) =>
        Case.Of(Ops.Conv2d, use.Options, Any(use.X), Any(use.W), Any([use.W[0]]), (x, w, b) => Windowing.Convolution(x, w, b, use.Options));

    private static Case Transposed((int[] X, int[] W, ConvOptions Options) use) =>
        Case.Of(Ops.ConvTranspose2d, new ConvAdjointArgs(use.Options, Shape.Create(use.X)), Any(Result(use)), Any(use.W),
            (y, w) => Windowing.Transposed(y, w, use.X, use.Options));

    private static Case Weight((int[] X, int[] W, ConvOptions Options) use) =>
        Case.Of(Ops.Conv2dWeight, new ConvAdjointArgs(use.Options, Shape.Create(use.W)), Any(use.X), Any(Result(use)),
            (x, y) => Windowing.Weight(x, y, use.W, use.Options));

    private static Case Max((int[] X, PoolArgs Args) use) =>
        Case.Of(Ops.MaxPool2d, use.Args, [new Input(use.X, Domain.Distinct)], inputs => Windowing.Pool(inputs[0], use.Args, Enumerable.Max));

    private static Case Mean((int[] X, PoolArgs Args) use) =>
        Case.Of(Ops.AvgPool2d, use.Args, Any(use.X),
            x => Windowing.Pool(x, use.Args, seen => seen.Sum() / (use.Args.CountPadding ? use.Args.Kernel.Height * use.Args.Kernel.Width : seen.Length)));

    private static Case MeanAdjoint((int[] X, PoolArgs Args) use)
    {
        var args = new PoolAdjointArgs(use.Args, Shape.Create(use.X));
        var shape = Windowing.Pool(new NArray(use.X, new double[use.X.Aggregate(1, static (product, size) => product * size)]), use.Args, Enumerable.Sum).Shape;
        return Case.Of(Ops.AvgPool2dAdjoint, args, Any(shape), y => Windowing.SpreadMeans(y, args));
    }

    /// <summary>The shape of the forward pass's result.</summary>
    private static int[] Result((int[] X, int[] W, ConvOptions Options) use) =>
        Gradus.WindowKernels.InferConvolution(new Meta(Shape.Create(use.X), DType.Float32), new Meta(Shape.Create(use.W), DType.Float32), null,
            use.Options).Shape.ToArray();

    // Small enough that float32's sums of some tens of terms stay within the battery's tolerance.
    private static Input Any(int[] shape) => new(shape, new Domain(-0.5, 0.5));
}
