#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 8: the 2-3-1 network, and why the sigmoid and binary cross-entropy belong together.
//
// ŷ = σ(z₂) and L = −(y·log ŷ + (1 − y)·log(1 − ŷ)). The derivative of the loss has ŷ(1 − ŷ) below, that of the sigmoid has it above; what is left is as
// simple as can be:
//
//     ∂L/∂z₂ = ŷ − y

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var x = Tensor.Of([[0.5, -1.0]]);
var y = Tensor.Of([[1.0]]);
var w1 = Tensor.Of([[0.1, 0.4], [-0.3, 0.2], [0.6, -0.5]]).RequireGrad();
var b1 = Tensor.Of(0.1, 0.2, -0.1).RequireGrad();
var w2 = Tensor.Of([[0.7, -0.2, 0.3]]).RequireGrad();
var b2 = Tensor.Of(0.05).RequireGrad();

var z1 = x.Linear(w1, b1).RetainGrad();
var h = z1.Relu();
var z2 = h.Linear(w2, b2).RetainGrad();
var prediction = z2.Sigmoid();
var loss = Losses.BinaryCrossEntropy(prediction, y);
loss.Backward();

Console.WriteLine($"hidden  z₁ = {z1:F9}");
Console.WriteLine($"relu    h  = {h:F9}");
Console.WriteLine($"output  ŷ  = {prediction:F9}");
Console.WriteLine($"loss    L  = {loss:F9}");
Console.WriteLine($"∂L/∂z₂ = {z2.Grad:F9}");
Console.WriteLine($"ŷ − y  = {prediction - y:F9}");

// ReLU lets the gradient through where its input was above zero, and stops it where it was not.
Console.WriteLine($"∂L/∂z₁ = {z1.Grad:F9}");
Console.WriteLine($"∂L/∂W₂ = {w2.Grad:F9}");
Console.WriteLine($"∂L/∂W₁ =\n{w1.Grad:F9}");
