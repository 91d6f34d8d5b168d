using System.Security.Cryptography;

namespace Gradus.Nn.Tests.Training;

/// <summary>A small network of each kind, of odd sizes, with data to train it on.</summary>
internal sealed record SmallNetwork(string Name, int[] Sample, Func<Module<Tensor, Tensor>> Build)
{
    private const int Classes = 5;

    /// <summary>Convolution, batch norm, max pooling, dropout and linear layers; an LSTM; attention with layer norm, GELU and dropout.</summary>
    public static SmallNetwork[] All { get; } =
    [
        new("cnn", [3, 18, 18], static () => new Sequential(
            new Conv2d(3, 17, 3, new() { Padding = 1 }), new BatchNorm2d(17), new Relu(), new MaxPool2d(2), new Dropout(0.3), new Flatten(),
            new Linear(17 * 9 * 9, Classes))),
        new("lstm", [11, 9], static () => new LstmClassifier()),
        new("transformer", [19, 24], static () => new TransformerClassifier()),
    ];

    public static TheoryData<string> Names => [.. All.Select(static network => network.Name)];

    public static SmallNetwork Of(string name) => All.Single(network => network.Name == name);

    /// <summary>The network with the parameters of a seed.</summary>
    public Module<Tensor, Tensor> Create(long seed)
    {
        var network = Build();
        network.Initialize(seed);
        return network;
    }

    /// <summary>A batch of inputs.</summary>
    public Tensor Draw(int samples, long seed) => Tensor.Randn([samples, .. Sample], generator: new Generator(seed));

    /// <summary>Trains by Adam, a new batch each step, and gives one number for the bits of all parameters and averages.</summary>
    public string Train(long seed, int steps = 6, int batch = 37)
    {
        var network = Create(seed);
        var optimizer = new Adam(network.Parameters(), 1e-3);
        for (var step = 0; step < steps; step++)
        {
            var labels = (Tensor.Rand([batch], generator: new Generator(seed, $"labels {step}")) * Classes).To(DType.Int64);
            optimizer.ZeroGrad();
            Losses.CrossEntropy(network.Forward(Draw(batch, seed + step)), labels).Backward();
            optimizer.Step();
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, tensor) in network.State()) hash.AppendData(tensor.Contiguous().Bytes());
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private sealed class LstmClassifier : Module<Tensor, Tensor>
    {
        public LstmClassifier() => (Rnn, Out) = (new Lstm(9, 33, new() { BatchFirst = true }), new Linear(33, Classes));

        private Lstm Rnn { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Out.Forward(Rnn.Forward(input).Output.Select(1, -1));
    }

    private sealed class TransformerClassifier : Module<Tensor, Tensor>
    {
        public TransformerClassifier()
        {
            var block = new TransformerEncoderLayer(24, 4, new() { FeedForward = 50, Activation = FeedForwardActivation.Gelu });
            Encoder = new TransformerEncoder([block], new LayerNorm(24));
            Out = new Linear(24, Classes);
        }

        private TransformerEncoder Encoder { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Out.Forward(Encoder.Forward(input).Mean(1));
    }
}
