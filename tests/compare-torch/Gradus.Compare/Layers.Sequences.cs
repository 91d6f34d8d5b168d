using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>Layers of sequences.</summary>
internal static partial class Layers
{
    private static void Recurrent()
    {
        Called("Rnn",
            static a => new Rnn(a.Int("inputs"), a.Int("hidden"), Sequence<RnnOptions>(a) with { Activation = Activation(a) }),
            static (layer, x, a) => layer.Forward(new RnnInput(x[0], At(x, 1), Lengths(a))) is var (output, state) ? [output, state] : []);
        Called("Lstm",
            static a => new Lstm(a.Int("inputs"), a.Int("hidden"), Sequence<LstmOptions>(a) with { Projection = Given(a, "projection") }),
            static (layer, x, a) => layer.Forward(new LstmInput(x[0], x.Length > 1 ? (x[1], x[2]) : null, Lengths(a))) is var (output, (hidden, cell))
                ? [output, hidden, cell] : []);
        Called("Gru",
            static a => new Gru(a.Int("inputs"), a.Int("hidden"), Sequence<RecurrentOptions>(a)),
            static (layer, x, a) => layer.Forward(new GruInput(x[0], At(x, 1), Lengths(a))) is var (output, state) ? [output, state] : []);
        Called("RnnCell", static a => new RnnCell(a.Int("inputs"), a.Int("hidden"), a.Flag("bias"), Activation(a)),
            static (layer, x, _) => [layer.Forward((x[0], At(x, 1)))]);
        Called("LstmCell", static a => new LstmCell(a.Int("inputs"), a.Int("hidden"), a.Flag("bias")),
            static (layer, x, _) => layer.Forward((x[0], x.Length > 1 ? (x[1], x[2]) : null)) is var (hidden, cell) ? [hidden, cell] : []);
        Called("GruCell", static a => new GruCell(a.Int("inputs"), a.Int("hidden"), a.Flag("bias")), static (layer, x, _) => [layer.Forward((x[0], At(x, 1)))]);
    }

    private static void Attention()
    {
        Called("MultiHeadAttention", static a => new MultiHeadAttention(a.Int("width"), a.Int("heads"), 0, a.Flag("bias")),
            static (layer, x, a) => [layer.Forward(a.Flag("self") ? new AttentionInput(x[0], Mask: Mask(a), IsCausal: a.Flag("causal"))
                : new AttentionInput(x[0], x[1], x[2], Mask(a), a.Flag("causal")))]);
        Called("MultiHeadAttention.Weights", static a => new MultiHeadAttention(a.Int("width"), a.Int("heads"), 0, a.Flag("bias")),
            static (layer, x, a) => [layer.Weights(a.Flag("self") ? new AttentionInput(x[0], Mask: Mask(a), IsCausal: a.Flag("causal"))
                : new AttentionInput(x[0], x[1], x[2], Mask(a), a.Flag("causal")))]);
        Called("TransformerEncoderLayer",
            static a => new TransformerEncoderLayer(a.Int("width"), a.Int("heads"), Block(a)),
            static (layer, x, a) => [layer.Forward(new SequenceInput(x[0], Mask(a), a.Flag("causal")))]);
        Called("TransformerDecoderLayer",
            static a => new TransformerDecoderLayer(a.Int("width"), a.Int("heads"), Block(a)),
            static (layer, x, a) => [layer.Forward(new DecoderInput(x[0], x[1], MemoryMask: Mask(a), IsCausal: a.Flag("causal")))]);
        Called("TransformerEncoder", static a => new TransformerEncoder(Enumerable.Range(0, a.Int("layers")).Select(_ =>
            new TransformerEncoderLayer(a.Int("width"), a.Int("heads"), Block(a))),
            a.Flag("norm") ? new LayerNorm(a.Int("width")) : null),
            static (layer, x, a) => [layer.Forward(new SequenceInput(x[0], Mask(a), a.Flag("causal")))]);
        Called("TransformerDecoder", static a => new TransformerDecoder(Enumerable.Range(0, a.Int("layers")).Select(_ =>
            new TransformerDecoderLayer(a.Int("width"), a.Int("heads"), Block(a))),
            a.Flag("norm") ? new LayerNorm(a.Int("width")) : null),
            static (layer, x, a) => [layer.Forward(new DecoderInput(x[0], x[1], MemoryMask: Mask(a), IsCausal: a.Flag("causal")))]);
        Called("Transformer", static a => new Transformer(a.Int("width"), a.Int("heads"), a.Int("layers"), a.Int("layers"), Block(a)),
            static (layer, x, a) => [layer.Forward(new TransformerInput(x[0], x[1], IsCausal: a.Flag("causal")))]);
    }

    private static int[]? Lengths(OperationArguments a) => a.Has("lengths") ? a.Ints("lengths") : null;

    /// <summary>Ones where a query attends to a key, [queries, keys], as bools; none where every one attends to all.</summary>
    private static Tensor? Mask(OperationArguments a)
    {
        if (!a.Has("mask")) return null;
        var sizes = a.Ints("maskShape");
        return Tensor.From(a.Ints("mask"), [sizes[0], sizes[1]]).To(DType.Bool);
    }
}
