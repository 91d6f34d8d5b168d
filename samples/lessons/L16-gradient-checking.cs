#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 16: gradient checking.
//
// Is a backward right? Move each input a little to either side and see how the output moves: (f(x + h) − f(x − h)) / 2h. That is slow, but it cannot be wrong
// in the same way, and so it is the judge.

using Gradus;
using Gradus.Nn;

var x = Tensor.Of(-1.5, -0.2, 0.3, 2.0).Named("x");

Console.WriteLine("x³, with the right derivative 3x²");
Console.WriteLine(GradientCheck.Run(input => new Cube(factor: 3).Apply(input), x));

Console.WriteLine();
Console.WriteLine("x³, with the wrong derivative 2x²");
Console.WriteLine(GradientCheck.Run(input => new Cube(factor: 2).Apply(input), x));

// A whole network: its loss, checked with respect to each of its parameters.
var network = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2));
network.Initialize(seed: 16);
network.To(DType.Float64);
var samples = Tensor.Randn([5, 3], DType.Float64, new Generator(seed: 16));
var labels = Tensor.Of(0, 1, 1, 0, 1);
foreach (var (name, parameter) in network.NamedParameters()) parameter.Value.Named(name);

Console.WriteLine();
Console.WriteLine("A network's loss, parameter by parameter");
Console.WriteLine(GradientCheck.Run(() => Losses.CrossEntropy(network.Forward(samples), labels),
    [.. network.Parameters().Select(parameter => parameter.Value)]));

/// <summary>x³, whose backward multiplies x² by a factor. Only 3 is right.</summary>
internal sealed class Cube(double factor) : CustomFunction
{
    protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
    {
        context.Save(inputs);
        return inputs[0].Pow(3);
    }

    protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * factor * context.Saved[0].Square()];
}
