namespace Gradus.Nn.Tests;

/// <summary>Attention where there is nothing to attend to, and where what is not attended to is not a number.</summary>
public class AttentionExtremesTests
{
    private static readonly Tensor OneBlind = Tensor.From([true, true, false, false, false, false, true, false, true], [3, 3]);

    [Theory, InlineData(true), InlineData(false)]
    public void A_query_without_keys_gets_zeros_and_gives_no_gradient(bool isRecorded)
    {
        // given: the second of three queries may attend to nothing
        var (query, key, value) = (Leaf(1, [2, 3, 4]), Leaf(2, [2, 3, 4]), Leaf(3, [2, 3, 4]));

        // when
        var output = query.Attention(key, value, OneBlind);
        var gradients = Autograd.Grad([output], [query, key, value], [Tensor.Ones(output.Shape)], createGraph: isRecorded);
        var second = isRecorded ? Autograd.Grad([gradients[0]!.Square().Sum()], [query, key, value]) : [];

        // then
        Assert.All(output.Select(1, 1).Flatten().ToArray<float>(), static x => Assert.Equal(0, x));
        Assert.All(gradients[0]!.Select(1, 1).Flatten().ToArray<float>(), static x => Assert.Equal(0, x));
        Assert.All([.. gradients, .. second], static gradient => Assert.True(gradient!.IsFinite().All().Item<bool>()));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_is_masked_may_be_infinite_or_not_a_number(bool isCausal)
    {
        // given: the last key and value are not numbers; the first two queries do not see them
        var (query, key, value) = (Leaf(1, [1, 3, 4]), Leaf(2, [1, 3, 4]), Leaf(3, [1, 3, 4]));
        var mask = isCausal ? null : Tensor.From([true, false, false, true, true, false, true, true, true], [3, 3]);
        Tensor spoiltKey = Spoilt(key, double.NaN), spoiltValue = Spoilt(value, double.PositiveInfinity);

        // when
        var clean = query.Attention(key, value, mask, isCausal);
        var spoilt = query.Attention(spoiltKey, spoiltValue, mask, isCausal);
        var arriving = Tensor.From([.. Enumerable.Repeat(1f, 8), .. new float[4]], [1, 3, 4]);
        var want = Autograd.Grad([clean], [query, key, value], [arriving]);
        var got = Autograd.Grad([spoilt], [query, spoiltKey, spoiltValue], [arriving]);

        // then: bit for bit, forward and backward
        Assert.Equal(clean.Slice(1, 0, 2).Flatten().ToArray<float>(), spoilt.Slice(1, 0, 2).Flatten().ToArray<float>());
        Assert.All(want.Zip(got), static pair =>
            Assert.Equal(pair.First!.Slice(1, 0, 2).Flatten().ToArray<float>(), pair.Second!.Slice(1, 0, 2).Flatten().ToArray<float>()));
    }

    [Fact]
    public void A_later_token_that_is_not_a_number_leaves_earlier_ones_alone()
    {
        // given
        var layer = new MultiHeadAttention(8, 2);
        layer.Initialize(1);
        var x = Leaf(4, [2, 5, 8]);
        var spoilt = Tensor.Concat([x.Slice(1, 0, 4), Tensor.Full([2, 1, 8], double.NaN, DType.Float32)], 1);

        // when
        Tensor want = layer.Forward(new(x, IsCausal: true)), got = layer.Forward(new(spoilt, IsCausal: true));

        // then
        Assert.Equal(want.Slice(1, 0, 4).Flatten().ToArray<float>(), got.Slice(1, 0, 4).Flatten().ToArray<float>());
    }

    [Theory, InlineData(0.0), InlineData(0.5)]
    public void A_batch_of_padding_alone_leaves_the_weights_of_a_layer_finite(double dropout)
    {
        // given: a sequence whose keys are all padding, beside one that has some
        var layer = new MultiHeadAttention(8, 2, dropout);
        layer.Initialize(1);
        var mask = Tensor.From([true, true, false, false, false, false], [2, 1, 1, 3]);

        // when
        var output = layer.Forward(new(Leaf(5, [2, 3, 8]), Mask: mask));
        output.Square().Sum().Backward();

        // then
        Assert.True(output.IsFinite().All().Item<bool>());
        Assert.All(layer.Parameters(), static parameter => Assert.True(parameter.Grad!.IsFinite().All().Item<bool>()));
        Assert.All(layer.Weights(new(Leaf(5, [2, 3, 8]), Mask: mask)).Select(0, 1).Flatten().ToArray<float>(), static weight => Assert.Equal(0, weight));
    }

    [Theory, InlineData(1e4f), InlineData(1e30f)]
    public void Large_scores_keep_the_probabilities_in_the_backward_pass(float size)
    {
        // given: two equal keys that share a query's attention
        Tensor query = Tensor.From([size, 0f], [1, 2]).RequireGrad(),
            key = Tensor.From([1f, 3f, 1f, 3f], [2, 2]), value = Tensor.From([1f, 2f], [2, 1]).RequireGrad();

        // when
        var output = query.Attention(key, value);
        var fused = Autograd.Grad([output], [value], [Tensor.Ones([1, 1])])[0]!.ToArray<float>();
        var composed = Autograd.Grad([query.Attention(key, value)], [value], [Tensor.Ones([1, 1])], createGraph: true)[0]!.ToArray<float>();

        // then
        Assert.Equal(1.5f, output.Item<float>());
        Assert.Equal([0.5f, 0.5f], fused);
        Assert.Equal([0.5f, 0.5f], composed);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_query_without_keys_gives_no_gradient_even_if_it_is_not_a_number(bool isRecorded)
    {
        // given: the second query is NaN and may attend to nothing, and a gradient arrives at it
        Tensor query = Leaf(1, [1, 3, 4]), key = Leaf(2, [1, 3, 4]), value = Leaf(3, [1, 3, 4]);
        var spoilt =
            Tensor.Concat([query.Detach().Slice(1, 0, 1), Tensor.Full([1, 1, 4], double.NaN, DType.Float32), query.Detach().Slice(1, 2, 1)], 1).RequireGrad();

        // when
        var output = spoilt.Attention(key, value, OneBlind);
        var gradients = Autograd.Grad([output], [spoilt, key, value], [Tensor.Ones(output.Shape)], createGraph: isRecorded);

        // then
        Assert.All(output.Select(1, 1).Flatten().ToArray<float>(), static x => Assert.Equal(0, x));
        Assert.All(gradients, static gradient => Assert.True(gradient!.IsFinite().All().Item<bool>()));
    }

    [Theory, InlineData(true, true), InlineData(true, false), InlineData(false, true), InlineData(false, false)]
    public void Infinite_scores_share_alike(bool isRecorded, bool isMasked)
    {
        // given: scores of ∞, 1 and ∞ of numbers that are finite
        Tensor query = Tensor.From([1e25f, 1], [1, 2]).RequireGrad(), key = Tensor.From([1e25f, 0, 0, 1, 1e25f, 0], [3, 2]).RequireGrad();
        var value = Tensor.From([1f, 2, 5], [3, 1]).RequireGrad();
        var mask = isMasked ? Tensor.Ones([1, 3]).To(DType.Bool) : null;

        // when
        var output = query.Attention(key, value, mask);
        var gradients = Autograd.Grad([output], [query, key, value], [Tensor.Ones([1, 1])], createGraph: isRecorded);

        // then: 1·½ + 5·½, whose scores have slopes ±1
        Assert.Equal(3, output.Item<float>());
        Assert.Equal([0.5f, 0, 0.5f], gradients[2]!.Flatten().ToArray<float>());
        Assert.All(gradients, static gradient => Assert.True(gradient!.IsFinite().All().Item<bool>()));
    }

    [Fact]
    public void Scores_that_only_their_scale_makes_infinite_keep_their_probabilities_in_the_backward_pass()
    {
        // given: scores of 1e38, times 10
        Tensor query = Tensor.From([1e38f], [1, 1]), key = Tensor.From([1f, 1f], [2, 1]), value = Tensor.From([1f, 2f], [2, 1]).RequireGrad();

        // when
        var output = query.Attention(key, value, scale: 10);
        var gradient = Autograd.Grad([output], [value], [Tensor.Ones([1, 1])])[0]!;

        // then
        Assert.Equal(1.5f, output.Item<float>());
        Assert.Equal([0.5f, 0.5f], gradient.Flatten().ToArray<float>());
    }

    [Fact]
    public void Attention_to_no_keys_at_all_is_0()
    {
        // given
        var query = Leaf(1, [2, 3, 4]);

        // when
        var output = query.Attention(Tensor.Zeros([2, 0, 4]), Tensor.Zeros([2, 0, 5]));

        // then
        Assert.Equal(new float[30], output.Flatten().ToArray<float>());
        Assert.All(Autograd.Grad(output.Sum(), query).Flatten().ToArray<float>(), static x => Assert.Equal(0, x));
    }

    private static Tensor Leaf(int seed, Shape shape) => Tensor.Randn(shape, generator: new Generator(seed)).RequireGrad();

    private static Tensor Spoilt(Tensor x, double last) =>
        Tensor.Concat([x.Detach().Slice(1, 0, 2), Tensor.Full([1, 1, 4], last, DType.Float32)], 1).RequireGrad();
}
