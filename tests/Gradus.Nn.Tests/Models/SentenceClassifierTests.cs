namespace Gradus.Nn.Tests.Models;

public class SentenceClassifierTests
{
    private const int Tokens = 9;

    public static TheoryData<string> Names => ["bag", "lstm", "gru", "transformer"];

    [Theory, MemberData(nameof(Names))]
    public void What_is_said_of_a_sentence_has_the_same_bits_beside_any_others(string name)
    {
        // given
        var model = Make(name);
        Tensor together = Tensor.Of([[5, 3, 2, 0, 0, 0], [8, 1, 1, 4, 7, 6], [2, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]]);

        // when
        var all = model.Forward(together).ToArray<float>();
        var alone = Enumerable.Range(0, 4).SelectMany(row => model.Forward(together.Slice(0, row, 1)).ToArray<float>()).ToArray();

        // then
        Assert.All(all, static value => Assert.True(float.IsFinite(value)));
        Assert.Equal(all, alone);
    }

    [Theory]
    [InlineData("bag")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Padding_changes_no_bit(string name)
    {
        // given
        var model = Make(name);

        // when
        var padded = model.Forward(Tensor.Of([[5, 3, 2, 0, 0, 0, 0, 0, 0]])).ToArray<float>();

        // then
        Assert.Equal(model.Forward(Tensor.Of([[5, 3, 2]])).ToArray<float>(), padded);
    }

    [Fact]
    public void Padding_changes_next_to_nothing_of_what_a_transformer_says()
    {
        // given
        var model = Make("transformer");

        // when
        var padded = model.Forward(Tensor.Of([[5, 3, 2, 0, 0, 0, 0, 0, 0]])).ToArray<float>();

        // then
        Assert.All(model.Forward(Tensor.Of([[5, 3, 2]])).ToArray<float>().Zip(padded), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Theory]
    [InlineData("bag", false)]
    [InlineData("lstm", true)]
    [InlineData("gru", true)]
    [InlineData("transformer", true)]
    public void The_order_of_the_words_matters_where_a_network_reads_it(string name, bool matters)
    {
        // given
        var model = Make(name);

        // when
        float there = model.Forward(Tensor.Of([[5, 3, 2, 8, 0]])).ToArray<float>()[0], back = model.Forward(Tensor.Of([[8, 2, 3, 5, 0]])).ToArray<float>()[0];

        // then
        Assert.Equal(matters, Math.Abs(there - back) > 1e-4);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_network_from_the_words_on_says_the_same(string name)
    {
        // given
        var model = Make(name);
        Tensor sentence = Tensor.Of([[5, 3, 2, 0]]);
        var rows = model.Words.Forward(sentence).Transpose(1, 2).Detach();

        // when
        var rest = model.FromWords(sentence);
        var attributed = Attributions.IntegratedGradients(rest, rows, [1], steps: 64);

        // then: what stands behind the last word is nothing to it
        Assert.All(model.Forward(sentence).ToArray<float>().Zip(rest.Forward(rows).ToArray<float>()),
            static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        var words = attributed.Values.Sum(1).ToArray<float>();
        Assert.All(words[..3], static value => Assert.NotEqual(0, value));
        Assert.Equal(0, words[3]);
        Assert.Equal(words.Sum(), (attributed.Score - attributed.BaselineScore).Item(), 0.05);
    }

    [Fact]
    public void What_is_no_sentence_is_refused()
    {
        // given
        var model = Make("bag");

        // then
        Assert.Equal("BagOfWords: expected tokens [batch, length], i32 or i64, got f32[1,2].",
            Assert.Throws<GradusException>(() => model.Forward(Tensor.Ones([1, 2]))).Message);
        Assert.Equal("expected one sentence, [1, length], got i32[2,1].",
            Assert.Throws<GradusException>(() => model.FromWords(Tensor.Of([[1], [2]]))).Message);
        Assert.StartsWith("transformerSentenceClassifier: width 5; it must be even",
            Assert.Throws<GradusException>(() => new TransformerSentenceClassifier(9, 2, new() { Heads = 5, Width = 5 })).Message);
    }

    private static SentenceClassifier Make(string name)
    {
        SentenceClassifier model = name switch
        {
            "bag" => new BagOfWords(Tokens, 6, [4], 2),
            "lstm" => new LstmSentenceClassifier(Tokens, 6, 2, layers: 2),
            "gru" => new GruSentenceClassifier(Tokens, 6, 2),
            _ => new TransformerSentenceClassifier(Tokens, 2, new() { Heads = 2, Width = 8 }),
        };
        model.Initialize(3);
        model.Eval();
        return model;
    }
}
