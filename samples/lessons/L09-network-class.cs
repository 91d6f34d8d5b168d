#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 9: the network as a class.
//
// Two hidden blocks of Linear and Sigmoid, 2 → 3 → 2, and an output block. A layer that is assigned to a property with Register belongs to the network: its
// weights are trained and saved. Then 500 rounds of: clear the gradients, forward, loss, backward, step; and a look at whether anything was learnt by them.

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var x = Tensor.Of([[0f, 0f], [0f, 1f], [1f, 0f], [1f, 1f]]);
var y = Tensor.Of([[0f], [0f], [0f], [1f]]);   // logical and

// A constant answer of 0.25 has the loss 0.1875. By plain gradient descent at this rate, 500 rounds come hardly below that: the gradient that passes two
// sigmoids is small, and so are the steps. Adam gives each weight a step of its own size, and the same 500 rounds are enough.
Console.WriteLine($"always 0.25: loss {Losses.MeanSquaredError(Tensor.Full([4, 1], 0.25f), y):F6}");
Train("gradient descent", static parameters => new Sgd(parameters, learningRate: 0.01));
Train("Adam", static parameters => new Adam(parameters, learningRate: 0.05));

void Train(string name, Func<IEnumerable<Parameter>, Optimizer> create)
{
    var network = new Network();
    network.Initialize(seed: 42);
    var optimizer = create(network.Parameters());
    if (optimizer is Sgd) Console.WriteLine(network);
    Console.WriteLine(name);
    for (var round = 1; round <= 500; round++)
    {
        optimizer.ZeroGrad();
        var loss = Losses.MeanSquaredError(network.Forward(x), y);
        loss.Backward();
        optimizer.Step();
        if (round == 1 || round % 100 == 0) Console.WriteLine($"round {round,3}: loss {loss:F6}");
    }
}

internal sealed class Network : Module<Tensor, Tensor>
{
    public Network()
    {
        Hidden1 = new Linear(2, 3);
        Hidden2 = new Linear(3, 2);
        Output = new Linear(2, 1);
    }

    public Linear Hidden1 { get; set => field = Register(value); }

    public Linear Hidden2 { get; set => field = Register(value); }

    public Linear Output { get; set => field = Register(value); }

    protected override Tensor Compute(Tensor x)
    {
        x = Hidden1.Forward(x).Sigmoid();
        x = Hidden2.Forward(x).Sigmoid();
        return Output.Forward(x);
    }
}
