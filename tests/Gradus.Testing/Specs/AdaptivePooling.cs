using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What pooling to a given size must do.</summary>
internal static class AdaptivePooling
{
    private static readonly (int[] X, Size2 Size)[] Adaptive =
    [
        ([2, 2, 4, 6], (2, 3)), ([1, 2, 5, 7], (3, 2)), ([1, 1, 3, 2], (4, 5)), ([1, 2, 3, 4], 1), ([0, 1, 5, 5], 2),
    ];

    private static readonly (int[] X, Size3 Size)[] OfVolumes =
        [([2, 1, 4, 2, 3], (2, 2, 3)), ([1, 2, 3, 5, 2], (2, 3, 1)), ([1, 1, 2, 1, 2], (3, 2, 2)), ([1, 2, 2, 3, 2], 1), ([0, 1, 2, 2, 2], 2)];

    public static IEnumerable<OpSpec> All =>
    [
        Adapting("AdaptiveAvgPool2d", static (x, size) => x.AdaptiveAvgPool2d(size), Enumerable.Average),
        Adapting("AdaptiveMaxPool2d", static (x, size) => x.AdaptiveMaxPool2d(size), Enumerable.Max),
        AdaptingLine("AdaptiveAvgPool1d", static (x, size) => x.AdaptiveAvgPool1d(size), Enumerable.Average),
        AdaptingLine("AdaptiveMaxPool1d", static (x, size) => x.AdaptiveMaxPool1d(size), Enumerable.Max),
        AdaptingVolume("AdaptiveAvgPool3d", static (x, size) => x.AdaptiveAvgPool3d(size), Enumerable.Average),
        AdaptingVolume("AdaptiveMaxPool3d", static (x, size) => x.AdaptiveMaxPool3d(size), Enumerable.Max),
    ];

    private static OpSpec Adapting(string name, Func<Tensor, Size2, Tensor> method, Func<IEnumerable<double>, double> fold) => OpSpec.Composite(name,
        [.. Adaptive.Select(use => Case.Of([new Input(use.X, Domain.Distinct)], t => method(t[0], use.Size), a => Adapt(a[0], use.Size, fold),
            $"to {use.Size}"))], OpSpec.Floats,
        misuses: [new("two axes", () => method(Tensor.Ones([2, 2]), 1),
            $"{char.ToLowerInvariant(name[0])}{name[1..]}: the input is f32[2,2], the result 1×1; " +
            "expected [images, channels, height, width] and a size, none of them 0.")]);

    private static OpSpec AdaptingLine(string name, Func<Tensor, int, Tensor> method, Func<IEnumerable<double>, double> fold) => OpSpec.Composite(name,
        [.. new[] { 1, 2, 3, 5, 8 }.Select(size => Case.Of([new Input([1, 2, 6], Domain.Distinct)], t => method(t[0], size), a =>
            Windowing.Flat(Adapt(Windowing.Tall(a[0]), (1, size), fold)), $"to {size}"))], OpSpec.Floats);

    private static NArray Adapt(NArray x, Size2 size, Func<IEnumerable<double>, double> fold) =>
        NArray.Build([x.Shape[0], x.Shape[1], size.Height, size.Width], at => fold(
            from row in Window(at[2], x.Shape[2], size.Height) from column in Window(at[3], x.Shape[3], size.Width) select x[at[0], at[1], row, column]));

    private static IEnumerable<int> Window(int index, int length, int count) =>
        Enumerable.Range(0, length).Where(place => place >= Math.Floor((double)index * length / count) && place < Math.Ceiling((index + 1.0) * length / count));

    private static OpSpec AdaptingVolume(string name, Func<Tensor, Size3, Tensor> method, Func<IEnumerable<double>, double> fold) => OpSpec.Composite(name,
        [.. OfVolumes.Select(use => Case.Of([new Input(use.X, Domain.Distinct)], t => method(t[0], use.Size), a =>
            NArray.Build([use.X[0], use.X[1], use.Size.Depth, use.Size.Height, use.Size.Width], at => fold(
                from d in Window(at[2], use.X[2], use.Size.Depth) from h in Window(at[3], use.X[3], use.Size.Height)
                from w in Window(at[4], use.X[4], use.Size.Width) select a[0][at[0], at[1], d, h, w])), $"to {use.Size}"))], OpSpec.Floats,
        misuses: [new("two axes", () => method(Tensor.Ones([2, 2]), 1), "the input is f32[2,2], the result 1×1×1; expected [samples, channels, depth")]);
}
