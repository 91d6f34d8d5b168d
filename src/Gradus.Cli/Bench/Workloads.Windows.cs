namespace Gradus.Cli.Bench;

internal static partial class Workloads
{
    private static IEnumerable<Workload> Windows =>
    [
        .. Convolution("1to32_28_k3", 64, 1, 28, 32, 3, padding: 1),
        .. Convolution("32to64_14_k3", 64, 32, 14, 64, 3, padding: 1),
        .. Convolution("64to64_56_k3", 8, 64, 56, 64, 3, padding: 1),
        .. Convolution("64to128_56_k3s2", 8, 64, 56, 128, 3, stride: 2, padding: 1),
        .. Convolution("256to64_14_k1", 16, 256, 14, 64, 1),
        .. Convolution("depthwise_128_28_k3", 16, 128, 28, 128, 3, padding: 1, groups: 128),
        new("maxpool_64x32x28_train", static () =>
        {
            var x = Normal(64, 32, 28, 28).RequireGrad();
            return () =>
            {
                x.Grad = null;
                x.MaxPool2d(2).Sum().Backward();
            };
        }),
    ];

    /// <summary>A convolution forward, without a graph, and forward with its backward to x, weight and bias.</summary>
    private static IEnumerable<Workload> Convolution(
        string name, int samples, int channels, int size, int outputs, int kernel, int stride = 1, int padding = 0, int groups = 1)
    {
        var side = ((size + (2 * padding) - kernel) / stride) + 1;
        var operations = 2.0 * samples * outputs * side * side * (channels / groups) * kernel * kernel;
        var options = new ConvOptions { Stride = stride, Padding = padding, Groups = groups };
        yield return new Workload($"conv_{name}_forward", () =>
        {
            var (x, weight, bias) = Operands();
            return Dropped(() => x.Conv2d(weight, bias, options));
        }, operations);
        yield return new Workload($"conv_{name}_train", () =>
        {
            var (x, weight, bias) = Operands();
            var gradient = Normal(samples, outputs, side, side);
            return () =>
            {
                x.Grad = null;
                weight.Grad = null;
                bias.Grad = null;
                x.Conv2d(weight, bias, options).Backward(gradient);
            };
        }, 3 * operations);

        (Tensor X, Tensor Weight, Tensor Bias) Operands() => (
            Normal(samples, channels, size, size).RequireGrad(),
            Normal(outputs, channels / groups, kernel, kernel).RequireGrad(),
            Normal(outputs).RequireGrad());
    }
}
