using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What pooling of volumes must do, and pooling whose sizes are rounded up.</summary>
internal static class Pooling3d
{
    private static readonly (int[] X, VolumePool Pool)[] Pools =
    [
        ([2, 1, 2, 4, 2], new(2, 2, 0, 1, false)),
        ([1, 2, 3, 2, 5], new((2, 1, 3), (1, 2, 2), (1, 0, 1), 1, false)),
        ([1, 1, 5, 3, 3], new((2, 2, 1), 1, (1, 0, 0), (2, 1, 1), false)),
        ([1, 1, 3, 3, 5], new(2, 2, 0, 1, true)),
        ([1, 2, 4, 2, 3], new((3, 2, 2), (2, 2, 3), (1, 1, 0), 1, true)),
        ([0, 2, 2, 2, 2], new(2, 2, 0, 1, false)),
    ];

    public static IEnumerable<OpSpec> All =>
    [
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
    ];

    private static Case Distinct(
        (int[] X, VolumePool Pool) use, Func<Tensor, VolumePool, Tensor> method, Func<(double Value, int Place)[], int, double> fold) =>
        Case.Of([new Input(use.X, Domain.Distinct)], t => method(t[0] + 0.05, use.Pool),
            a => VolumeWindowing.Pool(a[0] with { Values = [.. a[0].Values.Select(static value => value + 0.05)] }, use.Pool, fold), $"{use.Pool}");

    private static Input Any(int[] shape) => new(shape, new Domain(-0.5, 0.5));
}
