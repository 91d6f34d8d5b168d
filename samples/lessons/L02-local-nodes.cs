#:project ../../src/Gradus/Gradus.csproj

// Lesson 2: a node knows only its own operation.
//
// An add node passes the gradient that comes from above on to both inputs, unchanged. A multiply node swaps its inputs: each gets the gradient from above times
// the other. No node knows what the rest of the graph computes, and none needs to.

using System.Globalization;
using Gradus;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The gradient that comes from above, whatever the rest of the graph may be.
var upstream = Tensor.Scalar(1.3);

var x = Tensor.Scalar(10.0).RequireGrad();
var y = Tensor.Scalar(5.0).RequireGrad();

(x + y).Backward(upstream);
Console.WriteLine("Add: the gradient passes through");
Console.WriteLine($"  dx = {x.Grad:F1}");
Console.WriteLine($"  dy = {y.Grad:F1}");

x.Grad = y.Grad = null;
(x * y).Backward(upstream);
Console.WriteLine("Multiply: the gradient times the other input");
Console.WriteLine($"  dx = {x.Grad:F1}");
Console.WriteLine($"  dy = {y.Grad:F1}");

// The same node, written by hand.
x.Grad = y.Grad = null;
new MyMultiply().Apply(x, y).Backward(upstream);
Console.WriteLine("My own multiply");
Console.WriteLine($"  dx = {x.Grad:F1}");
Console.WriteLine($"  dy = {y.Grad:F1}");

/// <summary>A multiply node: forward it keeps its inputs, backward it swaps them.</summary>
internal sealed class MyMultiply : CustomFunction
{
    protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
    {
        context.Save(inputs);
        return inputs[0] * inputs[1];
    }

    protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * context.Saved[1], gradient * context.Saved[0]];
}
