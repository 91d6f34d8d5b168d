#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 10: activations, losses, and why softmax and cross-entropy are one layer.

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// An activation bends the line: without it, any stack of layers would be one linear map. Beside each, its slope.
var z = Tensor.Of(-2.0, -0.5, 0.0, 0.5, 2.0).RequireGrad();
Console.WriteLine($"z            {z:F9}");
Show("sigmoid", z.Sigmoid());
Show("tanh", z.Tanh());
Show("relu", z.Relu());
Console.WriteLine($"softmax      {z.Softmax():F9}, which add up to {z.Softmax().Sum():F9}");

// A loss is one number that says how wrong the outputs are.
var prediction = Tensor.Of(0.9, 0.2, 0.6);
var target = Tensor.Of(1.0, 0.0, 1.0);
Console.WriteLine($"mean squared error    {Losses.MeanSquaredError(prediction, target):F9}");
Console.WriteLine($"binary cross-entropy  {Losses.BinaryCrossEntropy(prediction, target):F9}");

// Cross-entropy of many classes: minus the logarithm of the probability given to the right one. Its gradient is again ŷ − y.
var logits = Tensor.Of([[2.0, 1.0, 0.1]]).RequireGrad();
var label = Tensor.Of(0);
var loss = Losses.CrossEntropy(logits, label);
loss.Backward();
Console.WriteLine($"cross-entropy         {loss:F9}");
Console.WriteLine($"  softmax             {logits.Softmax():F9}");
Console.WriteLine($"  gradient            {logits.Grad:F9}");

// As two steps, large logits break: e¹⁰⁰⁰ is beyond every number. As one layer the largest logit is subtracted first, and nothing overflows.
var large = Tensor.Of([[1000.0, 0.0, -1000.0]]);
var inTwoSteps = -(large.Exp() / large.Exp().Sum()).Log()[0, 0];
Console.WriteLine("with logits of 1000, 0, −1000");
Console.WriteLine($"  exp, divide, log    {inTwoSteps:F9}");
Console.WriteLine($"  as one layer        {Losses.CrossEntropy(large, label):F9}");
Console.WriteLine($"  for the last class  {Losses.CrossEntropy(large, Tensor.Of(2)):F9}");

void Show(string name, Tensor activation)
{
    z.Grad = null;
    activation.Sum().Backward();
    Console.WriteLine($"{name,-12} {activation:F9}");
    Console.WriteLine($"  its slope  {z.Grad:F9}");
}
