#:project ../../src/Gradus/Gradus.csproj

// Lesson 4: several paths.
//
// Where a value is used twice, its change reaches the result along two paths. Each path gives a product of derivatives, and the products are added:
//
//     z = f(u, v),  u = c·x,  v = d·x:    dz/dx = ∂f/∂u · c + ∂f/∂v · d

using System.Globalization;
using Gradus;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

const double c = 2, d = 3;
var x = Tensor.Scalar(5.0).RequireGrad();
var u = (c * x).RetainGrad();
var v = (d * x).RetainGrad();
var z = u.Square() + v;
z.Backward();

var pathThroughU = u.Grad! * c;
var pathThroughV = v.Grad! * d;
Console.WriteLine("z = u² + v with u = 2x and v = 3x, at x = 5");
Console.WriteLine($"  path through u: dz/du · du/dx = {u.Grad:F1} · {c:F1} = {pathThroughU:F1}");
Console.WriteLine($"  path through v: dz/dv · dv/dx = {v.Grad:F1} · {d:F1} = {pathThroughV:F1}");
Console.WriteLine($"  dz/dx, their sum              = {x.Grad:F1}");

// A neuron h that feeds three others is the same: it receives the sum of what comes back from them.
var h = Tensor.Scalar(0.5).RequireGrad();
var weights = Tensor.Of(0.1, -0.4, 0.7);
var outputs = h * weights;
outputs.Backward(Tensor.Of(1.0, 2.0, 3.0));

Console.WriteLine("A neuron that feeds three others by the weights 0.1, −0.4, 0.7; from them come the gradients 1, 2, 3");
Console.WriteLine($"  it receives 0.1·1 − 0.4·2 + 0.7·3 = {h.Grad:F1}");
