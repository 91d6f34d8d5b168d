using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Pooling, and pooling along one axis, with indices and by norms, must do.</summary>
internal static class Pooling
{
    private static readonly (int[] X, PoolArgs Args)[] Pools =
    [
        ([2, 2, 4, 6], new(2, 2, 0, 1, true)),
        ([1, 2, 5, 11], new(2, 2, 0, 1, true)),
        ([1, 1, 5, 6], new(3, 2, 1, 1, true)),
        ([1, 2, 5, 4], new((2, 3), 1, (1, 1), 1, false)),
        ([2, 1, 3, 3], new(3, 3, 0, 1, true)),
        ([0, 2, 4, 4], new(2, 2, 0, 1, true)),
    ];

    private static readonly (int[] X, int Kernel, int Stride, int Padding, int Dilation)[] Lines =
    [
        ([2, 2, 6], 2, 2, 0, 1), ([1, 2, 7], 3, 1, 1, 1), ([1, 1, 8], 3, 2, 1, 1), ([0, 2, 4], 2, 2, 0, 1),
    ];

    private static readonly (int[] X, PoolArgs Args)[] Planes =
    [
        ([2, 2, 4, 6], new(2, 2, 0, 1, false)), ([1, 1, 5, 6], new(3, 2, 1, 1, false)), ([1, 2, 5, 4], new((2, 3), 1, (1, 1), 1, false)),
        ([1, 1, 7, 6], new(3, 1, 1, 2, false)), ([0, 2, 4, 4], new(2, 2, 0, 1, false)),
    ];

    public static IEnumerable<OpSpec> All =>
    [
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
        OpSpec.Composite("MaxPool1d", [.. Lines.Append(([1, 1, 9], 3, 1, 1, 2)).Select(static use =>
            Line(use, static (x, u) => x.MaxPool1d(u.Kernel, u.Stride, u.Padding, u.Dilation), Enumerable.Max))], OpSpec.Floats,
            misuses: [new("the rank", static () => Tensor.Ones([2, 2]).MaxPool1d(2),
                "maxPool1d: the input is f32[2,2], expected [samples, channels, length].")]),
        OpSpec.Composite("AvgPool1d", [.. Lines.Select(static use =>
            Line(use, static (x, u) => x.AvgPool1d(u.Kernel, u.Stride, u.Padding, countPadding: false), Enumerable.Average))], OpSpec.Floats),
        OpSpec.Composite("LpPool1d", [.. Lines.Where(static use => use.Padding == 0).Select(static use =>
            Line(use, static (x, u) => x.LpPool1d(3, u.Kernel, u.Stride), static seen => Length(seen, 3)))], OpSpec.Floats),
        OpSpec.Composite("LpPool2d", [.. new[] { 2, 3 }.Select(static p => Case.Of([Away([2, 2, 4, 5])], t => (t[0] + 0.05).LpPool2d(p, (2, 3), 1), a =>
            Windowing.Pool(Moved(a[0]), new((2, 3), 1, 0, 1, false), seen => Length(seen, p)), $"p = {p}"))], OpSpec.Floats,
            misuses: [new("the power", static () => Tensor.Ones([1, 1, 2, 2]).LpPool2d(0, 2), "lpPool: the power is 0; expected a finite number above 0.")]),
        OpSpec.General(Ops.MaxPool2dIndex, [.. Planes.Select(static use =>
            Case.Of(Ops.MaxPool2dIndex, use.Args, new Input(use.X, Domain.Distinct), x => Where(x, use.Args)))], OpSpec.Floats, static _ => DType.Int64,
            large: [Case.Of(Ops.MaxPool2dIndex, new PoolArgs(2, 2, 0, 1, false), new Input([9, 16, 30, 37], Domain.Distinct), static x => x)]),
        OpSpec.Composite("MaxPool2dWithIndex",
            [.. Planes.Select(static use => new Case($"[{string.Join(",", use.X)}] {use.Args}", [new Input(use.X, Domain.Distinct)],
                t => t[0].MaxPool2dWithIndex(use.Args.Kernel, use.Args.Stride, use.Args.Padding, use.Args.Dilation) is var (value, index) ? [value, index] : [],
                a => [Windowing.Pool(a[0], use.Args, Enumerable.Max), Where(a[0], use.Args)]))], OpSpec.Floats),
        OpSpec.Composite("MaxUnpool2d", [Unpooled([1, 2, 2, 2], (3, 5)), Unpooled([2, 1, 1, 3], (2, 4)), Unpooled([0, 1, 2, 2], (4, 4))],
            misuses:
            [
                new("the places", static () => Tensor.Ones([1, 1, 2, 2]).MaxUnpool2d(Tensor.Zeros([1, 1, 2, 1], DType.Int64), 4),
                    "maxUnpool2d: the values are f32[1,1,2,2], the places i64[1,1,2,1]; expected both"),
                new("a place outside", static () => Tensor.Ones([1, 1, 1, 1]).MaxUnpool2d(Tensor.Full([1, 1, 1, 1], 4, DType.Int64), 2),
                    "index 4 is out of range"),
            ]),
        OpSpec.Composite("MaxUnpool1d", [Case.Of([Any([2, 1, 3]), Input.Index([2, 1, 3], 7)], static t => t[0].MaxUnpool1d(t[1], 7),
            static a => Unpool(a[0], a[1], 7) with { Shape = [2, 1, 7] })],
            misuses: [new("the rank", static () => Tensor.Ones([2, 2]).MaxUnpool1d(Tensor.Zeros([2, 2], DType.Int64), 4),
                "maxUnpool1d: the values are f32[2,2], the positions i64[2,2]; expected both")]),
    ];

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

    private static Case Line((int[] X, int Kernel, int Stride, int Padding, int Dilation) use,
        Func<Tensor, (int[] X, int Kernel, int Stride, int Padding, int Dilation), Tensor> method, Func<double[], double> fold) =>
        Case.Of([Away(use.X)], t => method(t[0] + 0.05, use), a => Windowing.Flat(Windowing.Pool(Moved(Windowing.Tall(a[0])),
            new((1, use.Kernel), (1, use.Stride), (0, use.Padding), (1, use.Dilation), false), fold)),
            $"{use.Kernel} {use.Stride} {use.Padding} {use.Dilation}");

    /// <summary>Where each window's greatest element is, by looking for it.</summary>
    private static NArray Where(NArray x, PoolArgs args) => Windowing.Pool(x, args, Enumerable.Max) is var greatest ? NArray.Build(greatest.Shape, at =>
        Enumerable.Range(0, x.Shape[2] * x.Shape[3]).First(place => x[at[0], at[1], place / x.Shape[3], place % x.Shape[3]] == greatest[at])) : x;

    private static Case Unpooled(int[] shape, Size2 size) =>
        Case.Of([Any(shape), Input.Index(shape, size.Height * size.Width)], t => t[0].MaxUnpool2d(t[1], size), a =>
            Unpool(a[0], a[1], size.Height * size.Width) with { Shape = [shape[0], shape[1], size.Height, size.Width] });

    private static NArray Unpool(NArray x, NArray index, int plane)
    {
        var result = new double[x.Shape[0] * x.Shape[1] * plane];
        var count = x.Values.Length == 0 ? 1 : x.Values.Length / (x.Shape[0] * x.Shape[1]);
        for (var element = 0; element < x.Values.Length; element++) result[(element / count * plane) + (int)index.Values[element]] = x.Values[element];
        return new NArray([x.Shape[0], x.Shape[1], plane], result);
    }

    private static double Length(double[] seen, double p) => Math.Pow(seen.Sum(value => Math.Pow(Math.Abs(value), p)), 1 / p);

    private static NArray Moved(NArray x) => x with { Values = [.. x.Values.Select(static value => value + 0.05)] };

    // Small enough that float32's sums of some tens of terms stay within the battery's tolerance.
    private static Input Any(int[] shape) => new(shape, new Domain(-0.5, 0.5));

    // With 0.05 added, all different and away from 0.
    private static Input Away(int[] shape) => new(shape, Domain.Distinct);
}
