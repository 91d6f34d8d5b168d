namespace Gradus.Testing.Specs;

/// <summary>What interpolation and the exchange of channels and pixels must do.</summary>
internal static class Interpolation
{
    private static readonly (InterpolationMode Mode, bool Aligned)[] Ways =
    [
        (InterpolationMode.Nearest, false), (InterpolationMode.Linear, false), (InterpolationMode.Linear, true), (InterpolationMode.Cubic, false),
        (InterpolationMode.Cubic, true),
    ];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.Composite("Interpolate2d", [.. from way in Ways
            from use in new[] { (X: new[] { 1, 2, 3, 4 }, Size: new Size2(5, 7)), ([2, 1, 5, 4], (3, 2)), ([1, 1, 2, 1], (1, 3)), ([0, 1, 2, 2], 3) }
            select Case.Of([Any(use.X)], t => t[0].Interpolate2d(use.Size, way.Mode, way.Aligned),
                a => Along(Along(a[0], 2, use.Size.Height, (double)use.X[2] / use.Size.Height, way), 3, use.Size.Width, (double)use.X[3] / use.Size.Width, way),
                $"to {use.Size} {way}")], OpSpec.Floats,
            misuses:
            [
                new("the rank", static () => Tensor.Ones([2, 2]).Interpolate2d(2),
                    "interpolate2d: the input is f32[2,2], the result 2×2; expected [images, channels, height, width] and a size, none of them 0."),
                new("aligned nearest", static () => Tensor.Ones([1, 1, 2, 2]).Interpolate2d(2, alignCorners: true),
                    "interpolate2d: aligned corners have no meaning for the nearest element. Use Linear or Cubic."),
            ]),
        OpSpec.Composite("Interpolate3d", [.. from way in Ways
            from use in new[] { (X: new[] { 1, 2, 2, 3, 2 }, Size: new Size3(3, 4, 5)), ([1, 1, 3, 1, 3], (2, 2, 1)), ([0, 1, 2, 2, 2], 3) }
            select Case.Of([Any(use.X)], t => t[0].Interpolate3d(use.Size, way.Mode, way.Aligned),
                a => Along(Along(Along(a[0], 2, use.Size.Depth, (double)use.X[2] / use.Size.Depth, way), 3, use.Size.Height,
                    (double)use.X[3] / use.Size.Height, way), 4, use.Size.Width, (double)use.X[4] / use.Size.Width, way), $"to {use.Size} {way}")],
            OpSpec.Floats,
            misuses: [new("the rank", static () => Tensor.Ones([2, 2]).Interpolate3d(2),
                "interpolate3d: the input is f32[2,2], the result 2×2×2; expected [samples, channels, depth, height, width] and a size, none of them 0.")]),
        OpSpec.Composite("Interpolate1d", [.. from way in Ways from size in new[] { 1, 3, 8 }
            select Case.Of([Any([1, 2, 4])], t => t[0].Interpolate1d(size, way.Mode, way.Aligned), a => Along(a[0], 2, size, 4.0 / size, way),
                $"to {size} {way}")], OpSpec.Floats,
            misuses: [new("the rank", static () => Tensor.Ones([2, 2]).Interpolate1d(2),
                "interpolate1d: the input is f32[2,2], the result 2; expected [samples, channels, length] and a size, none of them 0.")]),
        OpSpec.Composite("Upsample", [.. from way in Ways from scale in new[] { 2, 1.5, 0.5 }
            select Case.Of([Any([1, 2, 3, 4])], t => t[0].Upsample(scale, way.Mode, way.Aligned),
                a => Along(Along(a[0], 2, (int)(3 * scale), 1 / scale, way), 3, (int)(4 * scale), 1 / scale, way), $"by {scale} {way}"),
            Case.Of([Any([2, 1, 3])], static t => t[0].Upsample(2, InterpolationMode.Linear),
                static a => Along(a[0], 2, 6, 0.5, (InterpolationMode.Linear, false))),
            Case.Of([Any([1, 1, 2, 3, 2])], static t => t[0].Upsample(1.5, InterpolationMode.Linear), static a =>
                Along(Along(Along(a[0], 2, 3, 1 / 1.5, (InterpolationMode.Linear, false)), 3, 4, 1 / 1.5, (InterpolationMode.Linear, false)), 4, 3, 1 / 1.5,
                    (InterpolationMode.Linear, false)))], OpSpec.Floats,
            misuses:
            [
                new("the scale", static () => Tensor.Ones([1, 1, 2]).Upsample(0),
                    "upsample: the input is f32[1,1,2], the scale 0; expected [N, C, L], [N, C, H, W] or [N, C, D, H, W] and a scale above 0."),
                new("nothing left", static () => Tensor.Ones([1, 1, 2]).Upsample(0.1), "upsample: the input is f32[1,1,2], the result 0"),
            ]),
        OpSpec.Composite("PixelShuffle", [Case.Of([Any([2, 8, 2, 3])], static t => t[0].PixelShuffle(2), static a =>
            NArray.Build([2, 2, 4, 6], at => a[0][at[0], (at[1] * 4) + (at[2] % 2 * 2) + (at[3] % 2), at[2] / 2, at[3] / 2]))], OpSpec.AllTypes,
            misuses: [new("the channels", static () => Tensor.Ones([1, 3, 2, 2]).PixelShuffle(2),
                "pixelShuffle: the input is f32[1,3,2,2], the factor 2; expected [N, C·2², H, W]")]),
        OpSpec.Composite("PixelUnshuffle", [Case.Of([Any([2, 2, 4, 6])], static t => t[0].PixelUnshuffle(2), static a =>
            NArray.Build([2, 8, 2, 3], at => a[0][at[0], at[1] / 4, (at[2] * 2) + (at[1] / 2 % 2), (at[3] * 2) + (at[1] % 2)]))], OpSpec.AllTypes,
            misuses: [new("the height", static () => Tensor.Ones([1, 3, 3, 2]).PixelUnshuffle(2),
                "pixelUnshuffle: the input is f32[1,3,3,2], the factor 2; expected [N, C, H·2, W·2]")]),
        OpSpec.Composite("ChannelShuffle",
            [.. new int[][] { [2, 6], [1, 6, 2], [2, 6, 1, 2] }.Select(static shape => Case.Of([Any(shape)], static t => t[0].ChannelShuffle(2), static a =>
                NArray.Build(a[0].Shape, at => a[0][NArray.With(at, 1, (at[1] % 2 * 3) + (at[1] / 2))])))], OpSpec.AllTypes,
            misuses: [new("the groups", static () => Tensor.Ones([1, 3, 2]).ChannelShuffle(2),
                "channelShuffle: the input is f32[1,3,2] in 2 groups; expected [N, C, ...] whose channels can be divided into the groups.")]),
    ];

    /// <summary>
    /// One axis, each result as a sum over all elements, of which those too far away weigh nothing; what lies outside is the element at the edge.
    /// </summary>
    private static NArray Along(NArray x, int axis, int size, double step, (InterpolationMode Mode, bool Aligned) way)
    {
        var length = x.Shape[axis];
        var shape = NArray.With(x.Shape, axis, size);
        return NArray.Build(shape, at =>
        {
            if (way.Mode == InterpolationMode.Nearest) return x[NArray.With(at, axis, Math.Min((int)(at[axis] * step), length - 1))];
            var place = way.Aligned ? (size > 1 ? at[axis] * (length - 1.0) / (size - 1) : 0) : ((at[axis] + 0.5) * step) - 0.5;
            return Enumerable.Range(-4, length + 8)
                .Sum(other => Weight(way.Mode, Math.Abs(place - other)) * x[NArray.With(at, axis, Math.Clamp(other, 0, length - 1))]);
        });
    }

    private static double Weight(InterpolationMode mode, double away) => mode == InterpolationMode.Linear ? Math.Max(0, 1 - away) : away switch
    {
        <= 1 => (1.25 * Math.Pow(away, 3)) - (2.25 * away * away) + 1,
        < 2 => -0.75 * (Math.Pow(away, 3) - (5 * away * away) + (8 * away) - 4),
        _ => 0,
    };

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
