#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 5: a multi-layer perceptron of any topology, and how it learns.
//
// A list of sizes says it all: [2, 4, 1] is two inputs, four hidden neurons, one output. Training repeats four steps until the loss is small enough or stands
// still: forward, loss, backward, and w ← w − η·∂L/∂w.

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Exclusive or: the smallest problem that no single neuron can solve.
var x = Tensor.Of([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
var target = Tensor.Of([[0.0], [1.0], [1.0], [0.0]]);

Console.WriteLine("out = W₂·σ(W₁·x + b₁) + b₂");
var network = Perceptron([2, 4, 1]);
network.Initialize(seed: 1);
network.To(DType.Float64);
Console.WriteLine(network);
Train(() => network.Forward(x), [.. network.Parameters()], rate: 0.3);

Console.WriteLine("A deeper one is another list: 2 → 6 → 6 → 1");
var deeper = Perceptron([2, 6, 6, 1]);
deeper.Initialize(seed: 2);
deeper.To(DType.Float64);
Train(() => deeper.Forward(x), [.. deeper.Parameters()], rate: 0.3);

// The older form: every neuron has a threshold b that its input has to exceed, y = σ(w·x − b).
Console.WriteLine("The older form, with thresholds: y = σ(w·x − b)");
var random = new Generator(seed: 3);
var w1 = Tensor.Randn([2, 4], DType.Float64, random).RequireGrad();
var b1 = Tensor.Randn([4], DType.Float64, random).RequireGrad();
var w2 = Tensor.Randn([4, 1], DType.Float64, random).RequireGrad();
var b2 = Tensor.Randn([1], DType.Float64, random).RequireGrad();
Train(() => (((x.MatMul(w1) - b1).Sigmoid().MatMul(w2)) - b2).Sigmoid(), [w1, b1, w2, b2], rate: 2);

static Sequential Perceptron(int[] sizes)
{
    var layers = new Sequential();
    for (var layer = 1; layer < sizes.Length; layer++)
    {
        if (layer > 1) layers.Add(new Sigmoid());
        layers.Add(new Linear(sizes[layer - 1], sizes[layer]));
    }

    return layers;
}

void Train(Func<Tensor> forward, Parameter[] parameters, double rate)
{
    const int mostRounds = 20_000;
    const double smallEnough = 1e-3;
    var optimizer = new Sgd(parameters, rate);
    for (var round = 1; ; round++)
    {
        var output = forward();
        var loss = 0.5 * (output - target).Square().Sum();   // L = ½ Σ (ŷ − y)²
        if (round == 1) Console.WriteLine($"  loss at first {loss:F6}");
        if (loss.Item() < smallEnough || round == mostRounds)
        {
            Console.WriteLine($"  loss at last  {loss:F6} after {round} rounds");
            Console.WriteLine($"  outputs       {output.Flatten():F2}");
            return;
        }

        optimizer.ZeroGrad();
        loss.Backward();
        optimizer.Step();
    }
}
