#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 6: a network small enough to check with pencil and paper.
//
// Two inputs, two hidden neurons, two outputs, the sigmoid everywhere. One step of gradient descent moves the weights; the biases stay as they are.

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var x = Tensor.Of([[0.05, 0.10]]);
var target = Tensor.Of([[0.01, 0.99]]);
var w1 = Tensor.Of([[0.15, 0.20], [0.25, 0.30]]).RequireGrad();   // a row for each neuron
var b1 = Tensor.Of(0.35, 0.35);
var w2 = Tensor.Of([[0.40, 0.45], [0.50, 0.55]]).RequireGrad();
var b2 = Tensor.Of(0.60, 0.60);

var hidden = x.Linear(w1, b1).Sigmoid();
var output = hidden.Linear(w2, b2).Sigmoid();
var loss = 0.5 * (output - target).Square().Sum();

Console.WriteLine($"hidden = {hidden:F9}");
Console.WriteLine($"output = {output:F9}");
Console.WriteLine($"loss   = {loss:F9}");

loss.Backward();
Console.WriteLine("gradients");
Console.WriteLine($"∂L/∂W₂ =\n{w2.Grad:F9}");
Console.WriteLine($"∂L/∂W₁ =\n{w1.Grad:F9}");

new Sgd([w1, w2], learningRate: 0.5).Step();
Console.WriteLine("after one step with rate 0.5");
Console.WriteLine($"W₂ =\n{w2:F9}");
Console.WriteLine($"W₁ =\n{w1:F9}");
