using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What convolution and pooling of volumes must do, and pooling whose sizes are rounded up.</summary>
internal static class Volumes
{
    /// <summary>A volume, filters, and how the windows lie.</summary>
    private static readonly (int[] X, int[] W, Conv3dOptions Options)[] Uses =
    [
        ([2, 2, 2, 3, 2], [3, 2, 2, 2, 1], new()),
        ([1, 2, 3, 3, 3], [2, 1, 2, 2, 2], new() { Stride = (1, 2, 1), Padding = (1, 0, 1), Groups = 2 }),
        ([1, 1, 5, 2, 3], [2, 1, 3, 1, 2], new() { Stride = 2, Padding = (0, 1, 0), Dilation = (2, 1, 2) }),
        ([1, 2, 2, 1, 2], [4, 1, 1, 1, 1], new() { Groups = 2 }),
        ([0, 1, 2, 2, 2], [1, 1, 2, 1, 1], new()),
    ];

    private static readonly (int[] X, VolumePool Pool)[] Pools =
    [
        ([2, 1, 2, 4, 2], new(2, 2, 0, 1, false)),
        ([1, 2, 3, 2, 5], new((2, 1, 3), (1, 2, 2), (1, 0, 1), 1, false)),
        ([1, 1, 5, 3, 3], new((2, 2, 1), 1, (1, 0, 0), (2, 1, 1), false)),
        ([1, 1, 3, 3, 5], new(2, 2, 0, 1, true)),
        ([1, 2, 4, 2, 3], new((3, 2, 2), (2, 2, 3), (1, 1, 0), 1, true)),
        ([0, 2, 2, 2, 2], new(2, 2, 0, 1, false)),
    ];

    private static readonly (int[] X, Size3 Size)[] Adaptive =
        [([2, 1, 4, 2, 3], (2, 2, 3)), ([1, 2, 3, 5, 2], (2, 3, 1)), ([1, 1, 2, 1, 2], (3, 2, 2)), ([1, 2, 2, 3, 2], 1), ([0, 1, 2, 2, 2], 2)];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Composite("Conv3d", [.. Uses.Select(static use => Case.Of([Any(use.X), Any(use.W), Any([use.W[0]])],
            t => t[0].Conv3d(t[1], t[2], use.Options), a => VolumeWindowing.Convolution(a[0], a[1], a[2], use.Options), $"{use.Options}"))], OpSpec.Floats,
            misuses:
            [
                new("the rank", static () => Tensor.Ones([3, 8, 8]).Conv3d(Tensor.Ones([4, 3, 3, 3])),
                    "conv3d: the input is f32[3,8,8], the weight f32[4,3,3,3]; expected [samples, channels, depth, height, width] and [filters"),
                new("the channels", static () => Tensor.Ones([1, 3, 2, 2, 2]).Conv3d(Tensor.Ones([4, 2, 1, 1, 1])), "expects 2 channels, got 3."),
                new("too small", static () => Tensor.Ones([1, 1, 2, 2, 2]).Conv3d(Tensor.Ones([1, 1, 3, 2, 2])),
                    "conv3d: the input is f32[1,1,2,2,2], too small for a kernel of 3×2×2."),
                new("the stride", static () => Tensor.Ones([1, 1, 2, 2, 2]).Conv3d(Tensor.Ones([1, 1, 1, 1, 1]), null, new() { Stride = 0 }),
                    "conv3d: stride 0×0×0, padding 0×0×0, dilation 1×1×1, 1 groups; expected a stride"),
            ]),
        OpSpec.Composite("ConvTranspose3d", [.. Uses.Select(static use => Transposed(use, 0)), Transposed(Uses[2], (0, 1, 1))], OpSpec.Floats,
            misuses:
            [
                new("the rank", static () => Tensor.Ones([3, 8, 8]).ConvTranspose3d(Tensor.Ones([4, 3, 3, 3])), "expected [samples, channels, depth,"),
                new("the channels", static () => Tensor.Ones([1, 3, 2, 2, 2]).ConvTranspose3d(Tensor.Ones([4, 2, 1, 1, 1])), "expects 4 channels in 1 groups."),
                new("the bias", static () => Tensor.Ones([1, 1, 2, 2, 2]).ConvTranspose3d(Tensor.Ones([1, 2, 1, 1, 1]), Tensor.Ones([1])),
                    "convTranspose3d: the bias is f32[1], expected [2]."),
                new("the output padding", static () => Tensor.Ones([1, 1, 2, 2, 2]).ConvTranspose3d(Tensor.Ones([1, 2, 1, 1, 1]), outputPadding: 1),
                    "convTranspose3d: an output padding of 1×1×1; expected from 0 to 0×0×0, below the stride or the dilation."),
                new("too much cut off", static () => Tensor.Ones([1, 1, 1, 1, 1]).ConvTranspose3d(Tensor.Ones([1, 2, 2, 2, 2]), null, new() { Padding = 1 }),
                    "too small for a kernel of 2×2×2 with padding 1."),
            ]),
        OpSpec.Composite("MaxPool3d", [.. Pools.Select(static use => Distinct(use, static (x, p) =>
            x.MaxPool3d(p.Kernel, p.Stride, p.Padding, p.Dilation, p.Ceil), static (seen, _) => seen.Max(static one => one.Value)))], OpSpec.Floats,
            misuses: [new("the rank", static () => Tensor.Ones([2, 2]).MaxPool3d(2),
                "maxPool3d: the input is f32[2,2], expected [samples, channels, depth, height, width].")]),
        OpSpec.Composite("MaxPool3dWithIndex", [.. Pools.Select(static use => new Case(
            $"[{string.Join(",", use.X)}] {use.Pool}", [new Input(use.X, Domain.Distinct)],
            t => t[0].MaxPool3dWithIndex(use.Pool.Kernel, use.Pool.Stride, use.Pool.Padding, use.Pool.Dilation, use.Pool.Ceil) is var (value, index)
                ? [value, index] : [],
            a => [VolumeWindowing.Pool(a[0], use.Pool, static (seen, _) => seen.Max(static one => one.Value)),
                VolumeWindowing.Pool(a[0], use.Pool, static (seen, _) => seen.MaxBy(static one => one.Value).Place)]))], OpSpec.Floats),
        OpSpec.Composite("MaxUnpool3d", [Case.Of([Any([2, 1, 1, 2, 1]), Input.Index([2, 1, 1, 2, 1], 12)], static t => t[0].MaxUnpool3d(t[1], (2, 3, 2)),
            static a =>
            {
                var result = new double[24];
                for (var element = 0; element < 4; element++) result[(element / 2 * 12) + (int)a[1].Values[element]] = a[0].Values[element];
                return new NArray([2, 1, 2, 3, 2], result);
            })],
            misuses: [new("the places", static () => Tensor.Ones([1, 1, 1, 1, 2]).MaxUnpool3d(Tensor.Zeros([1, 1, 2], DType.Int64), 4),
                "maxUnpool3d: the values are f32[1,1,1,1,2], the places i64[1,1,2], the volumes 4×4×4; expected both")]),
        OpSpec.Composite("AvgPool3d", [.. Pools.Where(static use => use.Pool.Dilation == 1).SelectMany(static use => new[] { true, false }.Select(counted =>
            Case.Of([Any(use.X)], t => t[0].AvgPool3d(use.Pool.Kernel, use.Pool.Stride, use.Pool.Padding, counted, use.Pool.Ceil), a =>
                VolumeWindowing.Pool(a[0], use.Pool, (seen, padded) => seen.Sum(static one => one.Value) / (counted ? padded : seen.Length)),
                $"{use.Pool} {counted}")))], OpSpec.Floats,
            misuses: [new("the rank", static () => Tensor.Ones([2, 2]).AvgPool3d(2), "avgPool3d: the input is f32[2,2], expected [samples")]),
        OpSpec.Composite("LpPool3d", [.. Pools.Where(static use => use.Pool.Padding == 0 && use.Pool.Dilation == 1)
            .Select(static use => Distinct(use, static (x, p) => x.LpPool3d(3, p.Kernel, p.Stride, p.Ceil),
                (seen, padded) => Math.Cbrt(seen.Sum(static one => Math.Pow(Math.Abs(one.Value), 3)) *
                    use.Pool.Kernel.Depth * use.Pool.Kernel.Height * use.Pool.Kernel.Width / padded)))], OpSpec.Floats,
            misuses: [new("the power", static () => Tensor.Ones([1, 1, 2, 2, 2]).LpPool3d(0, 2), "lpPool: the power is 0; expected a finite number above 0.")]),
        Adapting("AdaptiveAvgPool3d", static (x, size) => x.AdaptiveAvgPool3d(size), Enumerable.Average),
        Adapting("AdaptiveMaxPool3d", static (x, size) => x.AdaptiveMaxPool3d(size), Enumerable.Max),
    ];

    private static Case Transposed((int[] X, int[] W, Conv3dOptions Options) use, Size3 more)
    {
        var (stride, padding, dilation, extra) = (VolumeWindowing.Of(use.Options.Stride), VolumeWindowing.Of(use.Options.Padding),
            VolumeWindowing.Of(use.Options.Dilation), VolumeWindowing.Of(more));
        var filters = use.W[0];
        int[] y = [use.X[0], filters, 2, 3, 2];
        int[] shape = [use.X[0], use.W[1] * use.Options.Groups, .. Enumerable.Range(0, 3).Select(axis =>
            ((y[axis + 2] - 1) * stride[axis]) - (2 * padding[axis]) + (dilation[axis] * (use.W[axis + 2] - 1)) + 1 + extra[axis])];
        return Case.Of([Any(y), Any(use.W), Any([shape[1]])], t => t[0].ConvTranspose3d(t[1], t[2], use.Options, more), a =>
        {
            var sum = VolumeWindowing.Transposed(a[0], a[1], shape, use.Options);
            return NArray.Build(shape, at => sum[at] + a[2][at[1]]);
        }, $"{use.Options} {more}");
    }

    private static Case Distinct(
        (int[] X, VolumePool Pool) use, Func<Tensor, VolumePool, Tensor> method, Func<(double Value, int Place)[], int, double> fold) =>
        Case.Of([new Input(use.X, Domain.Distinct)], t => method(t[0] + 0.05, use.Pool),
            a => VolumeWindowing.Pool(a[0] with { Values = [.. a[0].Values.Select(static value => value + 0.05)] }, use.Pool, fold), $"{use.Pool}");

    private static OpSpec Adapting(string name, Func<Tensor, Size3, Tensor> method, Func<IEnumerable<double>, double> fold) => OpSpec.Composite(name,
        [.. Adaptive.Select(use => Case.Of([new Input(use.X, Domain.Distinct)], t => method(t[0], use.Size), a =>
            NArray.Build([use.X[0], use.X[1], use.Size.Depth, use.Size.Height, use.Size.Width], at => fold(
                from d in Window(at[2], use.X[2], use.Size.Depth) from h in Window(at[3], use.X[3], use.Size.Height)
                from w in Window(at[4], use.X[4], use.Size.Width) select a[0][at[0], at[1], d, h, w])), $"to {use.Size}"))], OpSpec.Floats,
        misuses: [new("two axes", () => method(Tensor.Ones([2, 2]), 1), "the input is f32[2,2], the result 1×1×1; expected [samples, channels, depth")]);

    private static IEnumerable<int> Window(int index, int length, int count) =>
        Enumerable.Range(0, length).Where(place => place >= Math.Floor((double)index * length / count) && place < Math.Ceiling((index + 1.0) * length / count));

    private static Input Any(int[] shape) => new(shape, new Domain(-0.5, 0.5));
}
