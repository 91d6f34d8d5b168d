using Gradus.Nn;

namespace Gradus.Graphs.Tests;

/// <summary>
/// Recorded graphs of the kinds that networks give, in float64 so that paths add up exactly, and small enough for every element to be differenced.
/// </summary>
internal static class TensorSample
{
    private static readonly Dictionary<string, Func<Tensor>> All = new()
    {
        ["neuron of numbers"] = static () =>
        {
            var (w, x, b) = (Scalar("w", 0.4), Scalar("x", -1.2), Scalar("b", 0.1));
            return ((w * x) + b).Sigmoid().Log() * -1;
        },
        ["number on two ways"] = static () =>
        {
            var x = Scalar("x", 2);
            return ((x * x) * (x * 3)) + (x * x).Sin();
        },
        ["chain of products"] = static () => Leaf("x", 2, 3).MatMul(Leaf("w", 3, 4)).Tanh().MatMul(Leaf("v", 4, 2)).Square().Mean(),
        ["value used twice"] = static () =>
        {
            var x = Leaf("x", 2, 3);
            return (x * x.Exp()).Sum() + x.Square().Mean();
        },
        ["broadcast bias"] = static () => ((Leaf("x", 4, 3) + Leaf("b", 3)) * Leaf("s", 4, 1)).Relu().Sum(),
        ["perceptron"] = static () =>
            Losses.CrossEntropy(Network(new Sequential(new Linear(3, 5), new Sigmoid(), new Linear(5, 4))).Forward(Leaf("x", 2, 3)), Tensor.Of(1, 3)),
        ["residual block"] = static () =>
        {
            var x = Leaf("x", 2, 4);
            return (Network(new Sequential(new Linear(4, 6), new Relu(), new Linear(6, 4))).Forward(x) + x).LayerNorm().Square().Sum();
        },
        ["attention block"] = static () =>
        {
            var x = Leaf("x", 3, 2);
            var (q, k, v) = (x.MatMul(Leaf("wq", 2, 2)), x.MatMul(Leaf("wk", 2, 2)), x.MatMul(Leaf("wv", 2, 2)));
            var weights = (q.MatMul(k.Transpose()) / Math.Sqrt(2)).Softmax(-1);
            return (weights.MatMul(v).MatMul(Leaf("wo", 2, 2)) + x).Square().Mean();
        },
        ["LSTM cell"] = static () =>
        {
            var cell = Network(new LstmCell(2, 3));
            var (hidden, memory) = cell.Forward((Leaf("x", 1, 2), (Leaf("h", 1, 3), Leaf("c", 1, 3))));
            return (hidden + memory).Sum();
        },
        ["LSTM cell, two steps"] = static () =>
        {
            var cell = Network(new LstmCell(2, 2));
            var first = cell.Forward((Leaf("x1", 1, 2), null));
            return cell.Forward((Leaf("x2", 1, 2), first)).Hidden.Square().Sum();
        },
        ["GRU cell"] = static () => Network(new GruCell(2, 3)).Forward((Leaf("x", 1, 2), Leaf("h", 1, 3))).Sum(),
        ["convolutional network"] = static () => Losses.CrossEntropy(
            Network(new Sequential(new Conv2d(1, 2, 3), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(8, 3))).Forward(Leaf("image", 1, 1, 6, 6)),
            Tensor.Of(2)),
        ["batch norm"] = static () => Network(new Sequential(new Linear(3, 4), new BatchNorm1d(4), new Tanh())).Forward(Leaf("x", 5, 3)).Square().Sum(),
        ["embedding"] = static () => Network(new Sequential(new Embedding(6, 3), new Flatten(), new Linear(6, 1))).Forward(Tensor.Of([[1, 4], [4, 2]])).Mean(),
        ["modules within modules"] = static () =>
            Network(new Sequential(new Sequential(new Linear(3, 4), new Relu()), new Residual(4), new Sequential(new Linear(4, 2), new Tanh())))
                .Forward(Leaf("x", 2, 3)).Square().Mean(),
        ["shared layer"] = static () =>
        {
            var layer = Network(new Linear(2, 2));
            return layer.Forward(layer.Forward(Leaf("x", 1, 2)).Tanh()).Sum();
        },
        ["lists and slices"] = static () =>
        {
            var x = Leaf("x", 4, 3);
            return (Tensor.Concat([x.Slice(0, 0, 2), x.Slice(0, 2, 2) * 2], 1).Reshape(3, 4).Transpose() * Leaf("w", 4, 3)).Max(1).Value.Sum();
        },
        ["transformer layer"] = static () =>
            Network(new TransformerEncoderLayer(4, 2, new() { FeedForward = 6, Dropout = 0 })).Forward(Leaf("x", 1, 3, 4)).Square().Mean(),
        ["autoencoder"] = static () =>
        {
            var x = Leaf("x", 2, 4);
            return Losses.MeanSquaredError(Network(new Sequential(new Linear(4, 2), new Tanh(), new Linear(2, 4))).Forward(x), x.Detach());
        },
        // In one row it would be twenty times wider than tall.
        ["deep network"] = static () =>
        {
            var layers = Enumerable.Range(0, 10).SelectMany(static _ => new Module<Tensor, Tensor>[] { new Linear(2, 2), new Tanh() });
            return Network(new Sequential([.. layers])).Forward(Leaf("x", 1, 2)).Square().Mean();
        },
        ["two outputs of one split"] = static () =>
        {
            var parts = Leaf("x", 2, 4).Split([2, 2], 1);
            return (parts[0].Sigmoid() * parts[1].Tanh()).Sum();
        },
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>A sample's output, recorded.</summary>
    public static Tensor Output(string name)
    {
        using var recording = new GraphRecording();
        return All[name]().Named("loss");
    }

    public static GraphModel Graph(string name) => Output(name).Graph();

    public static Tensor Leaf(string name, params ReadOnlySpan<int> shape) =>
        Tensor.Randn([.. shape], DType.Float64, new Generator(7, name)).Named(name).RequireGrad();

    public static T Network<T>(T network) where T : Module
    {
        network.Initialize(3);
        network.To(DType.Float64);
        return network;
    }

    private static Tensor Scalar(string name, double value) => Tensor.Scalar(value).Named(name).RequireGrad();

    /// <summary>x + f(x).</summary>
    private sealed class Residual : Module<Tensor, Tensor>
    {
        public Residual(int size) => Inner = new Sequential(new Linear(size, size), new Relu());

        private Sequential Inner { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Inner.Forward(input) + input;
    }
}
