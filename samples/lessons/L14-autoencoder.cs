#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 14: the autoencoder, whose target is its input.
//
// It has to squeeze each sample through a narrow middle and rebuild it on the other side. What passes the middle must be what matters. Here each sample is a
// bump, 16 numbers that follow from two alone, its place and its width: so two numbers in the middle should do.

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

const int samples = 200, points = 16;
var random = new Generator(seed: 14);
var place = Tensor.Rand([samples, 1], generator: random) * 0.6 + 0.2;
var width = Tensor.Rand([samples, 1], generator: random) * 0.1 + 0.1;
var along = Tensor.Linspace(0, 1, points);
var bumps = (-((along - place) / width).Square()).Exp();   // [200, 16]: each row a bump

var autoencoder = new Sequential(
    new Linear(points, 24), new Tanh(), new Linear(24, 2),    // encoder
    new Linear(2, 24), new Tanh(), new Linear(24, points));   // decoder
autoencoder.Initialize(seed: 14);
var optimizer = new Adam(autoencoder.Parameters(), learningRate: 0.01);

for (var round = 0; round <= 1500; round++)
{
    optimizer.ZeroGrad();
    var loss = Losses.MeanSquaredError(autoencoder.Forward(bumps), bumps);
    if (round % 300 == 0) Console.WriteLine($"round {round,4}: loss {loss:F6}");
    loss.Backward();
    optimizer.Step();
}

using var noGrad = new NoGrad();
var first = bumps[0..1];
Console.WriteLine($"a bump    {first:F2}");
Console.WriteLine($"rebuilt   {autoencoder.Forward(first):F2}");
