#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 13: a graph with many outputs.
//
// One body, several heads, in one group. Some are losses, some are plain values that one only wants to read. Backward starts from the losses, each with a
// weight of its own; from a value nothing flows back.

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var x = Tensor.Of([[1.0, 2.0]]);
var body = Tensor.Of([[0.1, 0.2], [0.3, 0.4]]).RequireGrad();
var toPrice = Tensor.Of([[0.5, 0.6]]).RequireGrad();
var toClass = Tensor.Of([[0.7, 0.8], [0.9, 1.0]]).RequireGrad();
var toReport = Tensor.Of([[1.0, 1.0]]).RequireGrad();

var features = x.Linear(body).Tanh();
var heads = new Heads()
    .Loss("price loss", Losses.MeanSquaredError(features.Linear(toPrice), Tensor.Of([[1.0]])))
    .Loss("class loss", Losses.CrossEntropy(features.Linear(toClass), Tensor.Of(1)), weight: 0.5)
    .Value("report", features.Linear(toReport));

foreach (var (name, output) in heads) Console.WriteLine($"{name,-10} {output:F9}");
Console.WriteLine($"losses: {string.Join(", ", heads.Losses)}");

// Loss by loss. The graph is kept, since it will be walked again.
var fromPrice = Autograd.Grad(heads["price loss"], body, retainGraph: true);
var fromClass = Autograd.Grad(heads["class loss"], body, retainGraph: true);

// Both losses at once, the second counting half: their gradients add up in the body.
heads.Backward();
Console.WriteLine($"gradient of the body, from both losses at once\n{body.Grad:F9}");
Console.WriteLine($"the same, loss by loss\n{fromPrice + (0.5 * fromClass):F9}");
Console.WriteLine($"gradient of the report's weights: {(toReport.Grad is null ? "none, since the report is no loss" : toReport.Grad.ToString("F9"))}");
