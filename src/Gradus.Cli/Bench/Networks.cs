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

    /// <summary>4 blocks of 4 heads and width 128, context 64, over 65 characters.</summary>
    public static Module<Tensor, Tensor> Gpt() => new Nn.Gpt(65, new() { Layers = 4, Heads = 4, Width = 128, Context = 64 });

    /// <summary>Two encoder layers of width 128 with 4 heads; the mean over time, classified.</summary>
    public sealed class TransformerClassifier : Module<Tensor, Tensor>
    {
        public TransformerClassifier()
        {
            Encoder = new TransformerEncoder(
                Enumerable.Range(0, 2).Select(static _ => new TransformerEncoderLayer(128, 4, new() { FeedForward = 512, Dropout = 0 })));
            Out = new Linear(128, 10);
        }

        private TransformerEncoder Encoder { get; set => field = Register(value); }

        private Linear Out { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Out.Forward(Encoder.Forward(input).Mean(1));
    }
}
