using System.Globalization;
using Gradus;
using Gradus.BeforeAfter;
using Gradus.Nn;
using Gradus.OnnxRuntime;

if (args.Length > 2)
{
    Console.Error.WriteLine("onnx-runtime [PREFIX] [SECONDS]: the inference workloads whose names begin so, each for so many seconds; 2.5 by default.");
    return 2;
}

var seconds = double.Parse(args.ElementAtOrDefault(1) ?? "2.5", CultureInfo.InvariantCulture);
(string Name, Module<Tensor, Tensor> Network, Shape Input)[] workloads =
[
    ("infer_mlp_b1", Mlp.Create(784, [512, 256], 10), [1, 784]),
    ("infer_cnn_b1", new Cnn(1, 28, 28, 10), [1, 1, 28, 28]),
    ("infer_resnet20_b1", new ResNet20(), [1, 3, 32, 32]),
];
Console.WriteLine("| workload | threads | Gradus µs | ONNX Runtime µs | ONNX Runtime / Gradus | difference |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (var (name, network, input) in workloads.Where(workload => workload.Name.StartsWith(args.ElementAtOrDefault(0) ?? "", StringComparison.Ordinal)))
{
    foreach (var threads in (int[])[1, 2])
    {
        using var sides = new Sides(network, Tensor.Randn(input, generator: new Generator(1, name)), threads);
        var found = Comparison.Of(sides.RunGradus, sides.RunOnnxRuntime, seconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {threads} | {found.Before:#,0.##} | {found.After:#,0.##} | {found.Ratio:0.00} | {sides.Difference():0e+0} |"));
    }
}

return 0;
