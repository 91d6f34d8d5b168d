namespace Gradus.Nn.Tests.Models;

public class LanguageModelTests
{
    private const int Vocabulary = 7;

    private static readonly int[] Text = [1, 4, 0, 2, 6, 3, 5, 1];

    [Fact]
    public void Names_and_shapes_are_those_of_nano_gpt()
    {
        // when
        var state = new Gpt(7, new() { Layers = 2, Heads = 2, Width = 8, Context = 6 }).State();

        // then
        string[] block =
        [
            "ln_1.weight", "ln_1.bias", "attn.c_attn.weight", "attn.c_attn.bias", "attn.c_proj.weight", "attn.c_proj.bias", "ln_2.weight", "ln_2.bias",
            "mlp.c_fc.weight", "mlp.c_fc.bias", "mlp.c_proj.weight", "mlp.c_proj.bias",
        ];
        Assert.Equal(
            [
                "wte.weight", "wpe.weight", .. block.Select(static name => "h.0." + name), .. block.Select(static name => "h.1." + name),
                "ln_f.weight", "ln_f.bias", "lm_head.weight",
            ],
            state.Keys);
        Assert.Equal([24, 8], [.. state["h.1.attn.c_attn.weight"].Shape.AsSpan()]);
        Assert.Equal([32, 8], [.. state["h.1.mlp.c_fc.weight"].Shape.AsSpan()]);
    }

    [Fact]
    public void A_block_is_an_encoder_layer_that_normalizes_first_under_other_names()
    {
        // given: PyTorch's layer, with the weights of the network's only block
        var gpt = Make(layers: 1);
        var layer = new TransformerEncoderLayer(8, 2, new() { FeedForward = 32, Dropout = 0, Activation = FeedForwardActivation.Gelu, NormFirst = true });
        (string, string)[] names =
        [
            ("ln_1", "norm1"), ("attn.c_attn", "self_attn.in_proj_"), ("attn.c_proj", "self_attn.out_proj"), ("ln_2", "norm2"), ("mlp.c_fc", "linear1"),
            ("mlp.c_proj", "linear2"),
        ];
        var state = gpt.State();
        layer.LoadState(names.SelectMany(name => new[] { "weight", "bias" }.Select(
            part => (To: name.Item2.EndsWith('_') ? name.Item2 + part : $"{name.Item2}.{part}", From: $"h.0.{name.Item1}.{part}")))
            .ToDictionary(static pair => pair.To, pair => state[pair.From]));
        var tokens = Tensor.Of([Text[..6], Text[2..]]);

        // when
        var embedded = gpt.Wte.Forward(tokens) + gpt.Wpe.Weight;
        var states = layer.Forward(new SequenceInput(embedded, IsCausal: true)).LayerNorm(state["ln_f.weight"], state["ln_f.bias"]);

        // then
        Assert.True(gpt.LmHead.Forward(states).AllClose(gpt.Forward(tokens), 1e-5, 1e-6));
    }

    [Fact]
    public void No_place_sees_what_comes_after_it()
    {
        // given
        var gpt = Make();
        int[] other = [.. Text[..3], 5, 5, 5];

        // when
        Tensor first = gpt.Forward(Tensor.Of([Text[..6]])), second = gpt.Forward(Tensor.Of([other]));

        // then
        Assert.Equal(first.Slice(1, 0, 3).ToArray<float>(), second.Slice(1, 0, 3).ToArray<float>());
        Assert.NotEqual(first.Slice(1, 3, 3).ToArray<float>(), second.Slice(1, 3, 3).ToArray<float>());
    }

    [Fact]
    public void Reading_piece_by_piece_tells_what_the_whole_sequence_tells()
    {
        // given
        var gpt = Make();
        var whole = gpt.Forward(Tensor.Of([Text[..6]]));
        var reader = gpt.Read();

        // when
        var pieces = new[] { 0..2, 2..3, 3..5, 5..6 }.Select(piece => (End: piece.End.Value, Logits: reader.Next(Tensor.Of([Text[piece]])))).ToArray();

        // then
        Assert.All(pieces, piece => Assert.True(piece.Logits.AllClose(whole.Select(1, piece.End - 1), 1e-5, 1e-6)));
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void A_recurrent_model_remembers_what_it_has_read(string kind)
    {
        // given
        Layer<Tensor, Tensor> model = kind == "lstm" ? new LstmLanguageModel(Vocabulary, 8, layers: 2) : new GruLanguageModel(Vocabulary, 8, layers: 2);
        model.Initialize(1);
        var whole = model.Forward(Tensor.Of([Text, Text]));
        var reader = ((ILanguageModel)model).Read();

        // when
        var pieces = new[] { 0..3, 3..4, 4..8 }.Select(piece => (End: piece.End.Value, Logits: reader.Next(Tensor.Of([Text[piece], Text[piece]])))).ToArray();

        // then
        Assert.Equal(Vocabulary, ((ILanguageModel)model).Vocabulary);
        Assert.All(pieces, piece => Assert.Equal(whole.Select(1, piece.End - 1).ToArray<float>(), piece.Logits.ToArray<float>()));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void After_a_full_context_a_reader_goes_on_with_the_later_half(int length)
    {
        // given: the context is 6
        var gpt = Make();
        Tensor byOne = gpt.Read().Next(Tensor.Of([Text[..length]])), reader = Tensor.Zeros([]);
        var oneByOne = gpt.Read();

        // when
        foreach (var token in Text[..length]) reader = oneByOne.Next(Tensor.Of([[token]]));

        // then: at 7 the last three are kept, and the eighth is added to them
        Assert.True(byOne.AllClose(gpt.Forward(Tensor.Of([Text[(length - 3)..length]])).Select(1, 2), 1e-5, 1e-6));
        Assert.True(reader.AllClose(gpt.Forward(Tensor.Of([Text[4..length]])).Select(1, length - 5), 1e-5, 1e-6));
    }

    [Fact]
    public void Weights_that_end_a_branch_begin_smaller_by_the_number_of_branches()
    {
        // given
        var gpt = new Gpt(50, new() { Layers = 8, Heads = 4, Width = 64, Context = 16 });
        gpt.Initialize(1);

        // when
        var state = gpt.State();

        // then
        Assert.Equal(0.02, Deviation("h.3.mlp.c_fc.weight"), 1e-3);
        Assert.Equal(0.005, Deviation("h.3.mlp.c_proj.weight"), 3e-4);
        Assert.Equal(0.005, Deviation("h.7.attn.c_proj.weight"), 3e-4);
        Assert.All(state.Where(static entry => entry.Key.EndsWith("bias")), static entry =>
            Assert.All(entry.Value.ToArray<float>(), static value => Assert.Equal(0, value)));

        double Deviation(string name) => state[name].Square().Mean().Sqrt().Item();
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        // given
        var gpt = Make();

        // then
        Assert.Equal(
            "Gpt: expected tokens [batch, time] with a time of at most 6, got i32[1,8].",
            Assert.Throws<GradusException>(() => gpt.Forward(Tensor.Of([Text]))).Message);
        Assert.StartsWith("Gpt: expected tokens", Assert.Throws<GradusException>(() => gpt.Forward(Tensor.Of(Text))).Message);
        Assert.Throws<GradusException>(() => gpt.Forward(Tensor.Of([[7]])));
        Assert.StartsWith("wte: expected indices", Assert.Throws<GradusException>(() => gpt.Forward(Tensor.Of([[1f]]))).Message);
        Assert.Equal(
            "read: expected tokens [batch, time], at least one, got i32[1,0].",
            Assert.Throws<GradusException>(() => gpt.Read().Next(Tensor.Zeros([1, 0], DType.Int32))).Message);
        Assert.Equal(
            "gpt: width 8 and 3 heads; the heads must divide the width.",
            Assert.Throws<GradusException>(() => new Gpt(7, new() { Layers = 1, Heads = 3, Width = 8, Context = 6 })).Message);
        Assert.Equal(
            "gpt: context 0; it must be at least 1.",
            Assert.Throws<GradusException>(() => new Gpt(7, new() { Layers = 1, Heads = 1, Width = 8, Context = 0 })).Message);
    }

    private static Gpt Make(int layers = 2)
    {
        // Weights that are large enough for tokens to matter.
        var gpt = new Gpt(Vocabulary, new() { Layers = layers, Heads = 2, Width = 8, Context = 6 });
        gpt.Initialize(1);
        foreach (var parameter in gpt.Parameters())
        {
            parameter.Value.Detach().CopyFrom(Tensor.Randn(parameter.Shape, generator: new Generator(1, parameter.ToString())) * 0.5);
        }

        return gpt;
    }
}
