#:project ../../src/Gradus.Nn/Gradus.Nn.csproj
#:project ../../src/Gradus.Data/Gradus.Data.csproj

// Lesson 15: handwritten digits, ten one-against-all sigmoid outputs, and the regularized logistic cost of K outputs.
//
// Each output answers one question with yes or no: is it a 0? is it a 1? The answer to "which digit" is the output that is surest.
// All ten are trained at once, by
//
//     J(Θ) = 1/m Σ over samples, Σ over the K outputs of [−y·log h − (1 − y)·log(1 − h)]  +  λ/2m Σ Θ²
//
// where Θ are the weights of all layers without the biases. A network of 784, 25 and 10 neurons and all m samples at once,
// so that a method for smooth functions can be used: L-BFGS.
//
//     dotnet run samples/lessons/L15-one-against-all.cs            digits that are drawn on the spot, a few seconds
//     dotnet run samples/lessons/L15-one-against-all.cs -- MNIST   a folder with the four files of MNIST: 400 iterations, 95.5 % right

using System.Globalization;
using Gradus;
using Gradus.Data;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

const int hiddenSize = 25, classes = 10;
const double lambda = 1;
var data = args is [var folder, ..] ? Mnist.Load(folder) : Digits.Generate(new DigitOptions { TrainCount = 3000, TestCount = 1000 });
var rounds = args is [_, var count] ? int.Parse(count, CultureInfo.InvariantCulture) : data.Train.Name == "mnist" ? 20 : 5;
var (x, labels) = All(data.Train);
var y = labels.OneHot(classes);   // [m, 10]: a 1 in the column of the digit
var m = (double)x.Shape[0];

var (first, second) = (new Linear(784, hiddenSize), new Linear(hiddenSize, classes));
var network = new Sequential(first, new Sigmoid(), second, new Sigmoid());
network.Initialize(seed: 15);
Tensor[] theta = [first.Weight!, second.Weight!];   // without the biases
Tensor Cost() => Losses.RegularizedLogistic(network.Forward(x), y, theta, lambda);

// The cost, and its gradients by back-propagation, against the formulas on paper: δ₃ = h − y, ∂J/∂Θ₂ = 1/m δ₃ᵀa + λ/m Θ₂, and so on down.
var cost = Cost();
cost.Backward();
using (new NoGrad())
{
    var a = first.Forward(x).Sigmoid();
    var h = second.Forward(a).Sigmoid();
    var onPaper = ((-y * h.Log()) - ((1 - y) * (1 - h).Log())).Sum() / m + (theta[0].Square().Sum() + theta[1].Square().Sum()) * (lambda / (2 * m));
    var delta3 = h - y;
    var delta2 = delta3.MatMul(second.Weight!) * a * (1 - a);
    Console.WriteLine($"cost at first {cost:F6}, on paper {onPaper:F6}");
    Console.WriteLine("largest difference between the engine and the formulas");
    Console.WriteLine($"    ∂Θ₂ {Difference(second.Weight!, (delta3.Transpose().MatMul(a) + (lambda * theta[1])) / m):0.0e+00}");
    Console.WriteLine($"    ∂b₂ {Difference(second.Bias!, delta3.Sum(axis: 0) / m):0.0e+00}");
    Console.WriteLine($"    ∂Θ₁ {Difference(first.Weight!, (delta2.Transpose().MatMul(x) + (lambda * theta[0])) / m):0.0e+00}");
    Console.WriteLine($"    ∂b₁ {Difference(first.Bias!, delta2.Sum(axis: 0) / m):0.0e+00}");
}

Console.WriteLine($"training on {data.Train.Name}: {m} digits");
var optimizer = new Lbfgs(network.Parameters(), new LbfgsOptions { Iterations = 20 });
for (var round = 1; round <= rounds; round++)
{
    optimizer.Step(Cost);
    Console.WriteLine($"after {20 * round,3} iterations: cost {Cost():F4}");
}

// Ten questions, each answered for itself: the answers need not add up to 1.
using var end = new NoGrad();
var (testX, testLabels) = All(data.Test);
var answers = network.Forward(testX);
var truth = testLabels.OneHot(classes);
Console.WriteLine($"answers for the first digit, a {testLabels[0]:F0}: {answers[0]:F3}, which add up to {answers[0].Sum():F3}");
Console.WriteLine($"right answers to each question: {Share((answers > 0.5).Equal(truth > 0.5)):F3}");
Console.WriteLine($"right digits: {Share(network.Forward(x).ArgMax(1).Equal(labels)):P2} of those learnt from, " +
    $"{Share(answers.ArgMax(1).Equal(testLabels)):P2} of {data.Test.Count} others");

static Tensor Difference(Parameter parameter, Tensor onPaper) => (parameter.Grad! - onPaper).Abs().Max();

static Tensor Share(Tensor isRight) => isRight.To(DType.Float64).Mean(0);

static (Tensor X, Tensor Labels) All(Dataset data)
{
    int[] rows = [.. Enumerable.Range(0, data.Count)];
    return (data.InputTensor(rows).Flatten(1), data.LabelTensor(rows));
}
