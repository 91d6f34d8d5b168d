#:project ../../src/Gradus/Gradus.csproj

// Lesson 3: the chain rule, node by node.
//
// z = (x + y)² is two nodes: t = x + y, then z = t². The derivative of the whole is the product of the derivatives of its parts:
//
//     dz/dx = dz/dt · dt/dx = 2t · 1 = 2(x + y)

using System.Globalization;
using Gradus;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var x = Tensor.Scalar(3.0).RequireGrad();
var y = Tensor.Scalar(4.0).RequireGrad();
var t = (x + y).RetainGrad();
var z = t.Square();

Console.WriteLine("Forward");
Console.WriteLine($"  add:    t = x + y = {t:F1}");
Console.WriteLine($"  square: z = t²    = {z:F1}");

z.Backward();

Console.WriteLine("Backward, from dz/dz = 1");
Console.WriteLine($"  square: dz/dt = 2t        = {t.Grad:F1}");
Console.WriteLine($"  add:    dz/dx = dz/dt · 1 = {x.Grad:F1}");
Console.WriteLine($"          dz/dy = dz/dt · 1 = {y.Grad:F1}");
Console.WriteLine($"By the formula 2(x + y)     = {2 * (x + y):F1}");

// The graph is data: start from the result and follow each node's inputs.
Console.WriteLine("The nodes, from the last to the first");
Show(z.Node!, 1);

static void Show(Node node, int depth)
{
    Console.WriteLine($"{new string(' ', 2 * depth)}{node.Op?.Name ?? "leaf"}");
    foreach (var input in node.Inputs)
    {
        if (input.Source is not null) Show(input.Source, depth + 1);
    }
}
