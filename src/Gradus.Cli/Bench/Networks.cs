using Gradus.Nn;

namespace Gradus.Cli.Bench;

/// <summary>The networks of the workloads, from the public modules.</summary>
internal static class Networks
{
    public static Sequential Mlp() => new(new Linear(784, 512), new Relu(), new Linear(512, 256), new Relu(), new Linear(256, 10));

    public static Sequential Cnn() => new(
        new Conv2d(1, 32, 3, padding: 1), new Relu(), new MaxPool2d(2),
        new Conv2d(32, 64, 3, padding: 1), new Relu(), new MaxPool2d(2),
        new Flatten(), new Linear(3136, 128), new Relu(), new Linear(128, 10));

    /// <summary>The last output of an LSTM over 32 steps of 64 numbers, classified.</summary>
    public sealed class LstmClassifier : Module<Tensor, Tensor>
    {
        public LstmClassifier() => (Rnn, Out) = (new Lstm(64, 128, batchFirst: true), new Linear(128, 10));

        private Lstm Rnn { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Out.Forward(Rnn.Forward(input).Output.Select(1, -1));
    }

    /// <summary>The last output of a GRU over 32 steps of 64 numbers, classified.</summary>
    public sealed class GruClassifier : Module<Tensor, Tensor>
    {
        public GruClassifier() => (Rnn, Out) = (new Gru(64, 128, batchFirst: true), new Linear(128, 10));

        private Gru Rnn { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Out.Forward(Rnn.Forward(input).Output.Select(1, -1));
    }

    /// <summary>Two encoder layers of width 128 with 4 heads; the mean over time, classified.</summary>
    public sealed class TransformerClassifier : Module<Tensor, Tensor>
    {
        public TransformerClassifier()
        {
            Encoder = new TransformerEncoder([.. Enumerable.Range(0, 2).Select(static _ => new TransformerEncoderLayer(128, 4, 512, dropout: 0))]);
            Out = new Linear(128, 10);
        }

        private TransformerEncoder Encoder { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Out.Forward(Encoder.Forward(input).Mean(1));
    }

    /// <summary>A decoder of 4 layers, 4 heads, width 128, context 64, over 65 characters.</summary>
    public sealed class Gpt : Module<Tensor, Tensor>
    {
        private readonly Tensor _positions = Tensor.Arange(64);

        public Gpt()
        {
            Tokens = new Embedding(65, 128);
            Positions = new Embedding(64, 128);
            Encoder = new TransformerEncoder([.. Enumerable.Range(0, 4).Select(static _ =>
                new TransformerEncoderLayer(128, 4, 512, dropout: 0, activation: FeedForwardActivation.Gelu, normFirst: true))]);
            Norm = new LayerNorm(128);
            Head = new Linear(128, 65, bias: false);
        }

        private Embedding Tokens { get; set => field = Register(value); }

        private Embedding Positions { get; set => field = Register(value); }

        private TransformerEncoder Encoder { get; set => field = Register(value); }

        private LayerNorm Norm { get; set => field = Register(value); }

        private Linear Head { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input)
        {
            var embedded = Tokens.Forward(input) + Positions.Forward(_positions);
            return Head.Forward(Norm.Forward(Encoder.Forward(new SequenceInput(embedded, IsCausal: true)))).Reshape(-1, 65);
        }
    }

    /// <summary>ResNet-20 for 32×32 pictures. He et al., "Deep residual learning for image recognition", 2016.</summary>
    public sealed class ResNet20 : Module<Tensor, Tensor>
    {
        public ResNet20()
        {
            Features = new Sequential(new Conv2d(3, 16, 3, padding: 1, bias: false), new BatchNorm2d(16), new Relu());
            var channels = 16;
            foreach (var (width, stride) in new[] { (16, 1), (32, 2), (64, 2) })
            {
                for (var block = 0; block < 3; block++)
                {
                    Features.Add(new ResidualBlock(channels, width, block == 0 ? stride : 1));
                    channels = width;
                }
            }

            Out = new Linear(64, 10);
        }

        private Sequential Features { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Out.Forward(Features.Forward(input).Mean([2, 3]));
    }

    private sealed class ResidualBlock : Module<Tensor, Tensor>
    {
        public ResidualBlock(int inputs, int outputs, int stride)
        {
            Main = new Sequential(
                new Conv2d(inputs, outputs, 3, stride, 1, bias: false), new BatchNorm2d(outputs), new Relu(),
                new Conv2d(outputs, outputs, 3, 1, 1, bias: false), new BatchNorm2d(outputs));
            Shortcut = stride == 1 && inputs == outputs
                ? new Sequential()
                : new Sequential(new Conv2d(inputs, outputs, 1, stride, bias: false), new BatchNorm2d(outputs));
        }

        private Sequential Main { get; set => field = Register(value); }

        private Sequential Shortcut { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => (Main.Forward(input) + Shortcut.Forward(input)).Relu();
    }
}
