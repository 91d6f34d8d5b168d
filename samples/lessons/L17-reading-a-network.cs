#:project ../../src/Gradus.Nn/Gradus.Nn.csproj
#:project ../../src/Gradus.Data/Gradus.Data.csproj
#:project ../../src/Gradus.Graphs/Gradus.Graphs.csproj

// Lesson 17: reading a trained network. Which pixels mattered for what it says?
//
// Back-propagation does not stop at the first layer's weights: it gives the gradient with respect to the input as well, and most answers are built on that one.
//
//     dotnet run samples/lessons/L17-reading-a-network.cs                 numbers and a drawing in characters
//     dotnet run samples/lessons/L17-reading-a-network.cs -- digit.svg    all methods as heat maps, too

using System.Globalization;
using Gradus;
using Gradus.Data;
using Gradus.Graphs;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// A small convolutional network, trained for some seconds on digits that are drawn on the spot.
var data = Digits.Generate(new DigitOptions { TrainCount = 3000, TestCount = 200 });
var network = new Sequential(
    new Conv2d(1, 8, kernel: 5, new() { Padding = 2 }), new Relu(), new MaxPool2d(2),
    new Conv2d(8, 16, kernel: 5, new() { Padding = 2 }), new Relu(), new MaxPool2d(2),
    new Flatten(), new Dropout(0.2), new Linear(16 * 7 * 7, 10));
network.Initialize(seed: 17);
var optimizer = new Adam(network.Parameters(), learningRate: 0.003);
var batches = new Batches(data.Train.Count, new BatchOptions { Size = 50, Seed = 17 });
for (var epoch = 0; epoch < 3; epoch++)
{
    foreach (var batch in batches.Epoch(epoch))
    {
        optimizer.ZeroGrad();
        Losses.CrossEntropy(network.Forward(data.Train.InputTensor(batch.Span)), data.Train.LabelTensor(batch.Span)).Backward();
        optimizer.Step();
    }
}

int[] rows = [.. Enumerable.Range(0, data.Test.Count)];
var (digits, labels) = (data.Test.InputTensor(rows), data.Test.LabelTensor(rows));
Console.WriteLine($"right on {Probability(digits).ArgMax(1).Equal(labels).To(DType.Float64).Mean():P1} of {rows.Length} digits that it has not seen");

// f(x), the score that it gives to the right digit, is what is explained: here of a 3.
var digit = digits[3..4];
var label = labels[3].Item<int>();
var black = Tensor.Zeros([1]);
var integrated = Attributions.IntegratedGradients(network, digit, [label], black, steps: 200);
Console.WriteLine($"a {label}: f(digit) = {integrated.Score[0]:F3}, f(black) = {integrated.BaselineScore[0]:F3}");

// Of a linear f, gradient × input says all: it adds up to f(x) − f(0). Of a network it does not, since the gradient changes on the way from black to the digit.
// Integrated gradients take its mean over that way, and do add up, but for the points that the way is cut into.
Console.WriteLine($"f(digit) − f(black) = {integrated.Score[0] - integrated.BaselineScore[0]:F3}");
Console.WriteLine($"gradient × input adds up to {Attributions.GradientTimesInput(network, digit, [label]).Sum():F3}");
Console.WriteLine($"integrated gradients add up to {integrated.Sum[0]:F3}, a gap of {integrated.Gap[0]:F3}");

// Each number is one pixel's share. In characters: + and # for what speaks for a 3, - and = for what speaks against, · for ink that says little.
var (shares, ink) = (integrated.Values[0, 0].ToArray<float>(), digit[0, 0].ToArray<float>());
var most = shares.Max(Math.Abs);
for (var row = 4; row < 24; row++)
{
    Console.WriteLine("    " + string.Concat(Enumerable.Range(28 * row, 28).Select(pixel => (shares[pixel] / most) switch
    {
        > 0.4f => '#',
        > 0.1f => '+',
        < -0.4f => '=',
        < -0.1f => '-',
        _ => ink[pixel] > 0.5f ? '·' : ' ',
    })).TrimEnd());
}

// Is it true? Black out the fifth of the ink that a method calls the most important, in a hundred digits, and ask again.
// The better the method, the surer the network loses its way.
var methods = new (string Name, Func<Tensor, int[], Tensor> Ask)[]
{
    ("by chance", static (x, _) => Tensor.Rand(x.Shape, generator: new Generator(17))),
    ("gradient", (x, of) => Attributions.Gradient(network, x, of)),
    ("gradient × input", (x, of) => Attributions.GradientTimesInput(network, x, of)),
    ("integrated gradients", (x, of) => Attributions.IntegratedGradients(network, x, of, black).Values),
    ("SmoothGrad", (x, of) => Attributions.SmoothGrad(network, x, of)),
    ("Grad-CAM", (x, of) => Attributions.GradCam(network, x, of)),
    ("occlusion", (x, of) => Attributions.Occlusion(network, x, window: 4, of, stride: 2, black)),
};
var some = digits[..100];
Console.WriteLine($"probability of the right digit, as it is: {OfLabels(Probability(some)):F3}");
Console.WriteLine("after a fifth of the ink is blacked out");
foreach (var (name, ask) in methods)
{
    var attributions = ask(some, labels[..100].ToArray<int>());
    var erased = Tensor.Stack([.. Enumerable.Range(0, 100).Select(sample => Erase(some[sample], attributions[sample]))]);
    Console.WriteLine($"    {name,-20} {OfLabels(Probability(erased)):F3}");
}

if (args is [var file])
{
    var maps = methods[1..].Select(method => new HeatMap(method.Name, method.Ask(digit, [label])[0])).ToArray();
    File.WriteAllText(file, HeatMapWriter.Write($"why this is a {label}", digit[0], maps));
}

Tensor Probability(Tensor x)
{
    using var noGrad = new NoGrad();
    network.Eval();
    var probability = network.Forward(x).Softmax();
    network.Train();
    return probability;
}

Tensor OfLabels(Tensor probability) => probability.TakeAlong(1, labels[..probability.Shape[0]].Unsqueeze(1)).Mean();

// The fifth of the ink with the greatest attributions made black.
static Tensor Erase(Tensor x, Tensor attribution)
{
    var ink = x.Flatten().ToArray<float>();
    var heat = attribution.Flatten().ToArray<float>();
    int[] pixels = [.. Enumerable.Range(0, ink.Length).Where(pixel => ink[pixel] > 0.5f).OrderByDescending(pixel => heat[pixel])];
    foreach (var pixel in pixels[..(pixels.Length / 5)]) ink[pixel] = 0;
    return Tensor.From(ink, x.Shape);
}
