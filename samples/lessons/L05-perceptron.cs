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
Train(Network([2, 4, 1]), seed: 1, rate: 0.3);

Console.WriteLine("A deeper one is another list: 2 → 6 → 6 → 1");
Train(Network([2, 6, 6, 1]), seed: 2, rate: 0.3);

// The older form: every neuron has a threshold b that its input has to exceed.
Console.WriteLine("The older form, with thresholds: y = σ(w·x − b)");
Train(new Sequential(new Perceptron(2, 4), new Perceptron(4, 1)), seed: 3, rate: 2);

static Sequential Network(int[] sizes)
{
    var layers = new Sequential();
    for (var layer = 1; layer < sizes.Length; layer++)
    {
        if (layer > 1) layers.Add(new Sigmoid());
        layers.Add(new Linear(sizes[layer - 1], sizes[layer]));
    }

    return layers;
}

void Train(Sequential network, long seed, double rate)
{
    const int mostRounds = 20_000;
    const double smallEnough = 1e-3;
    network.Initialize(seed);
    network.To(DType.Float64);
    Console.WriteLine(network);
    var optimizer = new Sgd(network.Parameters(), rate);
    for (var round = 1; ; round++)
    {
        var output = network.Forward(x);
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
