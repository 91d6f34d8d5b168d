#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 13: a graph with many outputs.
//
// One body, several heads. Some are losses, some are outputs one only wants to read. Backward starts from the heads that are named, each with a gradient of its
// own; a head that is not a loss is left out, and nothing flows back from it.

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
var priceLoss = Losses.MeanSquaredError(features.Linear(toPrice), Tensor.Of([[1.0]]));
var classLoss = Losses.CrossEntropy(features.Linear(toClass), Tensor.Of(1));
var report = features.Linear(toReport);   // a plain output

Console.WriteLine($"price loss {priceLoss:F9}");
Console.WriteLine($"class loss {classLoss:F9}");
Console.WriteLine($"report     {report:F9}");

// Loss by loss. The graph is kept, since it will be walked again.
var fromPrice = Autograd.Grad(priceLoss, body, retainGraph: true);
var fromClass = Autograd.Grad(classLoss, body, retainGraph: true);

// Both losses at once, the second counting half: their gradients add up in the body.
Autograd.Backward([priceLoss, classLoss], [Tensor.Scalar(1.0), Tensor.Scalar(0.5)]);

Console.WriteLine($"gradient of the body, from both losses at once\n{body.Grad:F9}");
Console.WriteLine($"the same, loss by loss\n{fromPrice + (0.5 * fromClass):F9}");
Console.WriteLine($"gradient of the report's weights: {(toReport.Grad is null ? "none, since the report is no loss" : toReport.Grad.ToString("F9"))}");
