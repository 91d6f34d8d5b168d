using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What convolutions of volumes must do.</summary>
internal static class Convolutions3d
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

    private static Input Any(int[] shape) => new(shape, new Domain(-0.5, 0.5));
}
