#:project ../../src/Gradus.Nn/Gradus.Nn.csproj
#:project ../../src/Gradus.Data/Gradus.Data.csproj

// Lesson 11: convolution and pooling, forward and backward; a template found in an image; a convolutional network trained on digits.
//
//     dotnet run samples/lessons/L11-convolution.cs            digits that are drawn on the spot, a few seconds
//     dotnet run samples/lessons/L11-convolution.cs -- MNIST   a folder with the four files of MNIST: five epochs, 98.9 % right

using System.Globalization;
using Gradus;
using Gradus.Data;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// A kernel slides over the input; each output is the sum of products under it, plus the bias. Small enough to do by hand:
//
//     1 2 3
//     4 5 6   with  1 2   gives at the top left  1·1 + 2·2 + 4·3 + 5·4 + 10 = 47
//     7 8 9         3 4
var x = Tensor.Of([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]).Reshape(1, 1, 3, 3).RequireGrad();
var kernel = Tensor.Of([[1.0, 2.0], [3.0, 4.0]]).Reshape(1, 1, 2, 2).RequireGrad();
var bias = Tensor.Of(10.0).RequireGrad();
var y = x.Conv2d(kernel, bias);
Console.WriteLine($"convolution\n{y[0, 0]:F0}");

// Backward, from an upstream gradient g. A kernel weight touched an input for every output, so it gathers Σ g · input; the bias gathers Σ g; an input gathers
// g · weight from each output that it took part in. At the kernel's top left: 1·1 − 1·2 + 2·4 + 0·5 = 7; at the input's middle: 1·4 − 1·3 + 2·2 + 0·1 = 5.
var g = Tensor.Of([[1.0, -1.0], [2.0, 0.0]]);
y.Backward(g.Reshape(1, 1, 2, 2));
Console.WriteLine($"gradient of the kernel\n{kernel.Grad![0, 0]:F0}");
Console.WriteLine($"gradient of the bias {bias.Grad:F0}");
Console.WriteLine($"gradient of the input\n{x.Grad![0, 0]:F0}");

// Pooling has no weights. The gradient of a maximum goes to the one element that was it; a mean shares it out.
var image = Tensor.Of([[1.0, 3.0, 2.0, 1.0], [4.0, 2.0, 0.0, 1.0], [5.0, 1.0, 7.0, 2.0], [0.0, 6.0, 3.0, 8.0]]).Reshape(1, 1, 4, 4).RequireGrad();
var upstream = Tensor.Of([[1.0, 2.0], [3.0, 4.0]]).Reshape(1, 1, 2, 2);
foreach (var (name, pooled) in new[] { ("max", image.MaxPool2d(2)), ("mean", image.AvgPool2d(2)) })
{
    image.Grad = null;
    pooled.Backward(upstream);
    Console.WriteLine($"{name} pooling\n{pooled[0, 0]:0.##}");
    Console.WriteLine($"gradient of its input\n{image.Grad![0, 0]:0.##}");
}

// Without flipping the kernel, as networks do it, a convolution is a cross-correlation: it says how much each place of a search image is like the kernel. The
// template is a T whose numbers add up to 0, so that a place is not preferred for being bright: the square at the top left scores 0.
var template = Tensor.Of([[4.0, 4.0, 4.0], [-5.0, 4.0, -5.0], [-5.0, 4.0, -5.0]]).Reshape(1, 1, 3, 3).RequireGrad();
var search = Tensor.Of([
    [1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]).Reshape(1, 1, 6, 8).RequireGrad();
var likeness = search.Conv2d(template);
var peak = likeness.Max();
Console.WriteLine($"likeness of each place to the template\n{likeness[0, 0]:F0}");
Console.WriteLine($"peak {peak:F0} at [row, column] {likeness[0, 0].ArgMax().Unsqueeze(0).UnravelIndex(likeness[0, 0].Shape)[0]:F0}");

// Its gradients: to look more alike, the template would have to become what it found, and the image, there and only there, the template.
peak.Backward();
Console.WriteLine($"gradient of the template\n{template.Grad![0, 0]:F0}");
Console.WriteLine($"gradient of the image\n{search.Grad![0, 0]:F0}");

// The kernels need not be given: they are weights, and can be learnt. LeNet-5 (LeCun, Bottou, Bengio and Haffner, 1998), with ReLU and max pooling, as it is
// written today.
var network = new Sequential(
    new Conv2d(1, 6, kernel: 5, new() { Padding = 2 }), new Relu(), new MaxPool2d(2),   // [1, 28, 28] → [6, 14, 14]
    new Conv2d(6, 16, kernel: 5), new Relu(), new MaxPool2d(2),                         //             → [16, 5, 5]
    new Flatten(), new Linear(16 * 5 * 5, 120), new Relu(), new Linear(120, 84), new Relu(), new Linear(84, 10));
network.Initialize(seed: 11);
var optimizer = new Adam(network.Parameters(), learningRate: 0.002);
var data = args is [var folder, ..] ? Mnist.Load(folder) : Digits.Generate(new DigitOptions { TrainCount = 3000, TestCount = 1000 });
var epochs = args is [_, var count] ? int.Parse(count, CultureInfo.InvariantCulture) : data.Train.Name == "mnist" ? 5 : 2;
var batches = new Batches(data.Train.Count, new BatchOptions { Size = 50, Seed = 11 });
Console.WriteLine($"LeNet on {data.Train.Name}: {network.ParametersToVector().Count} weights, {data.Train.Count} digits to learn from");

for (var epoch = 0; epoch < epochs; epoch++)
{
    var sum = 0.0;
    foreach (var batch in batches.Epoch(epoch))
    {
        optimizer.ZeroGrad();
        var loss = Losses.CrossEntropy(network.Forward(data.Train.InputTensor(batch.Span)), data.Train.LabelTensor(batch.Span));
        loss.Backward();
        optimizer.Step();
        sum += loss.Item();
    }

    Console.WriteLine($"epoch {epoch + 1}: loss {sum / batches.Count:F4}, right on {Accuracy():P2} of {data.Test.Count} other digits");
}

double Accuracy()
{
    using var noGrad = new NoGrad();
    var right = 0.0;
    for (var start = 0; start < data.Test.Count; start += 500)
    {
        int[] rows = [.. Enumerable.Range(start, Math.Min(500, data.Test.Count - start))];
        right += network.Forward(data.Test.InputTensor(rows)).ArgMax(1).Equal(data.Test.LabelTensor(rows)).To(DType.Float64).Sum().Item();
    }

    return right / data.Test.Count;
}
