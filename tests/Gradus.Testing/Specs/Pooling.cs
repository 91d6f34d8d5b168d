using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What pooling along one axis, with indices, by norms and to given sizes must do, and convolution along one axis.</summary>
internal static class Pooling
{
    private static readonly (int[] X, int Kernel, int Stride, int Padding, int Dilation)[] Lines =
    [
        ([2, 2, 6], 2, 2, 0, 1), ([1, 2, 7], 3, 1, 1, 1), ([1, 1, 8], 3, 2, 1, 1), ([0, 2, 4], 2, 2, 0, 1),
    ];

    private static readonly (int[] X, PoolArgs Args)[] Planes =
    [
        ([2, 2, 4, 6], new(2, 2, 0, 1, false)), ([1, 1, 5, 6], new(3, 2, 1, 1, false)), ([1, 2, 5, 4], new((2, 3), 1, (1, 1), 1, false)),
        ([1, 1, 7, 6], new(3, 1, 1, 2, false)), ([0, 2, 4, 4], new(2, 2, 0, 1, false)),
    ];

    private static readonly (int[] X, Size2 Size)[] Adaptive =
    [
        ([2, 2, 4, 6], (2, 3)), ([1, 2, 5, 7], (3, 2)), ([1, 1, 3, 2], (4, 5)), ([1, 2, 3, 4], 1), ([0, 1, 5, 5], 2),
    ];

    public static IEnumerable<OpSpec> All =>
    [
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
        Adapting("AdaptiveAvgPool2d", static (x, size) => x.AdaptiveAvgPool2d(size), Enumerable.Average),
        Adapting("AdaptiveMaxPool2d", static (x, size) => x.AdaptiveMaxPool2d(size), Enumerable.Max),
        AdaptingLine("AdaptiveAvgPool1d", static (x, size) => x.AdaptiveAvgPool1d(size), Enumerable.Average),
        AdaptingLine("AdaptiveMaxPool1d", static (x, size) => x.AdaptiveMaxPool1d(size), Enumerable.Max),
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

    private static Case Line((int[] X, int Kernel, int Stride, int Padding, int Dilation) use,
        Func<Tensor, (int[] X, int Kernel, int Stride, int Padding, int Dilation), Tensor> method, Func<double[], double> fold) =>
        Case.Of([Away(use.X)], t => method(t[0] + 0.05, use), a => Flat(Windowing.Pool(Moved(Tall(a[0])), new((1, use.Kernel), (1, use.Stride),
            (0, use.Padding), (1, use.Dilation), false), fold)), $"{use.Kernel} {use.Stride} {use.Padding} {use.Dilation}");

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

    private static OpSpec Adapting(string name, Func<Tensor, Size2, Tensor> method, Func<IEnumerable<double>, double> fold) => OpSpec.Composite(name,
        [.. Adaptive.Select(use => Case.Of([new Input(use.X, Domain.Distinct)], t => method(t[0], use.Size), a => Adapt(a[0], use.Size, fold),
            $"to {use.Size}"))], OpSpec.Floats,
        misuses: [new("two axes", () => method(Tensor.Ones([2, 2]), 1),
            $"{char.ToLowerInvariant(name[0])}{name[1..]}: the input is f32[2,2], the result 1×1; " +
            "expected [images, channels, height, width] and a size, none of them 0.")]);

    private static OpSpec AdaptingLine(string name, Func<Tensor, int, Tensor> method, Func<IEnumerable<double>, double> fold) => OpSpec.Composite(name,
        [.. new[] { 1, 2, 3, 5, 8 }.Select(size => Case.Of([new Input([1, 2, 6], Domain.Distinct)], t => method(t[0], size), a =>
            Flat(Adapt(Tall(a[0]), (1, size), fold)), $"to {size}"))], OpSpec.Floats);

    private static NArray Adapt(NArray x, Size2 size, Func<IEnumerable<double>, double> fold) =>
        NArray.Build([x.Shape[0], x.Shape[1], size.Height, size.Width], at => fold(
            from row in Window(at[2], x.Shape[2], size.Height) from column in Window(at[3], x.Shape[3], size.Width) select x[at[0], at[1], row, column]));

    private static IEnumerable<int> Window(int index, int length, int count) =>
        Enumerable.Range(0, length).Where(place => place >= Math.Floor((double)index * length / count) && place < Math.Ceiling((index + 1.0) * length / count));

    private static Case Transposed(int[] x, int[] w, ConvOptions options, int more)
    {
        var length = ((x[2] - 1) * options.Stride.Width) - (2 * options.Padding.Width) + (options.Dilation.Width * (w[2] - 1)) + 1 + more;
        int[] shape = [x[0], w[1] * options.Groups, 1, length];
        return Case.Of([Any(x), Any(w), Any([shape[1]])], t => t[0].ConvTranspose1d(t[1], t[2], options, more), a =>
        {
            var sum = Windowing.Transposed(Tall(a[0]), Tall(a[1]), shape, options.AlongWidth());
            return Flat(NArray.Build(shape, at => sum[at] + a[2][at[1]]));
        }, $"{options} {more}");
    }

    private static Case Convolved(int[] x, int[] w, ConvOptions options) => Case.Of([Any(x), Any(w), Any([w[0]])], t => t[0].Conv1d(t[1], t[2], options), a =>
        Flat(Windowing.Convolution(Tall(a[0]), Tall(a[1]), a[2], options.AlongWidth())), $"{options}");

    private static double Length(double[] seen, double p) => Math.Pow(seen.Sum(value => Math.Pow(Math.Abs(value), p)), 1 / p);

    private static NArray Tall(NArray x) => x with { Shape = [x.Shape[0], x.Shape[1], 1, x.Shape[2]] };

    private static NArray Flat(NArray x) => x with { Shape = [x.Shape[0], x.Shape[1], x.Shape[3]] };

    private static NArray Moved(NArray x) => x with { Values = [.. x.Values.Select(static value => value + 0.05)] };

    // With 0.05 added, all different and away from 0.
    private static Input Away(int[] shape) => new(shape, Domain.Distinct);

    private static Input Any(int[] shape) => new(shape, new Domain(-0.5, 0.5));
}
