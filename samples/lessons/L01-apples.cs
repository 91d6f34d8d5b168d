#:project ../../src/Gradus/Gradus.csproj

// Lesson 1: a graph of plain arithmetic.
//
// A computation graph is nothing special to neural networks: a shopping bill is one. Forward, values flow from the prices to the total.
// Backward, one question flows from the total to the prices: "if you grew by a little, how much would the total grow?"

using System.Globalization;
using Gradus;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Two apples at 100 each, and 10 % tax.
var apple = Tensor.Scalar(100.0).RequireGrad();
var appleCount = Tensor.Scalar(2.0).RequireGrad();
var tax = Tensor.Scalar(1.1).RequireGrad();

var price = apple * appleCount * tax;
price.Backward();

Console.WriteLine("Two apples");
Console.WriteLine($"  price         = {price:F1}");
Console.WriteLine($"  d apple       = {apple.Grad:F1}");
Console.WriteLine($"  d apple count = {appleCount.Grad:F1}");
Console.WriteLine($"  d tax         = {tax.Grad:F1}");

// And three oranges at 150 each. Only leaves keep their gradient by themselves; RetainGrad asks a value in between to keep its own as well.
// What an earlier backward pass left is cleared first, since gradients add up.
apple.Grad = appleCount.Grad = tax.Grad = null;
var orange = Tensor.Scalar(150.0).RequireGrad();
var orangeCount = Tensor.Scalar(3.0).RequireGrad();

var apples = (apple * appleCount).RetainGrad();
var oranges = (orange * orangeCount).RetainGrad();
var all = (apples + oranges).RetainGrad();
price = all * tax;
price.Backward();

Console.WriteLine();
Console.WriteLine("Two apples and three oranges");
Console.WriteLine($"  apples         = {apples:F1}");
Console.WriteLine($"  oranges        = {oranges:F1}");
Console.WriteLine($"  all            = {all:F1}");
Console.WriteLine($"  price          = {price:F1}");
Console.WriteLine($"  d apple        = {apple.Grad:F1}");
Console.WriteLine($"  d apple count  = {appleCount.Grad:F1}");
Console.WriteLine($"  d orange       = {orange.Grad:F1}");
Console.WriteLine($"  d orange count = {orangeCount.Grad:F1}");
Console.WriteLine($"  d tax          = {tax.Grad:F1}");
Console.WriteLine($"  d apples       = {apples.Grad:F1}");
Console.WriteLine($"  d oranges      = {oranges.Grad:F1}");
Console.WriteLine($"  d all          = {all.Grad:F1}");
