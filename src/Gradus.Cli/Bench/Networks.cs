using Gradus.Nn;

namespace Gradus.Cli.Bench;

/// <summary>The networks of the workloads, from the public modules.</summary>
internal static class Networks
{
    public static Module<Tensor, Tensor> Mlp() => Nn.Mlp.Create(784, [512, 256], 10);

    public static Module<Tensor, Tensor> Cnn() => new Cnn(1, 28, 28, 10);

    /// <summary>The last output of an LSTM over 32 steps of 64 numbers, classified.</summary>
    public static Module<Tensor, Tensor> Lstm() => new LstmClassifier(64, 128, 10);

    /// <summary>The last output of a GRU over 32 steps of 64 numbers, classified.</summary>
    public static Module<Tensor, Tensor> Gru() => new GruClassifier(64, 128, 10);

    /// <summary>For 32×32 pictures.</summary>
    public static Module<Tensor, Tensor> ResNet20() => new ResNet20();

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
}
