namespace Gradus.Nn.Tests.Layers;

/// <summary>What layers compute, held against other layers and against values worked out by hand.</summary>
public class LayerFunctionTests
{
    private static readonly Tensor Images = Tensor.Randn([2, 4, 5, 6], generator: new Generator(1));

    [Fact]
    public void Group_norm_of_one_channel_each_is_instance_norm_and_of_one_group_layer_norm()
    {
        // given
        var (instance, each, one) = (new InstanceNorm2d(), new GroupNorm(4), new GroupNorm(1));

        // when
        var y = instance.Forward(Images);

        // then
        Assert.Equal(y.ToArray<float>(), each.Forward(Images).ToArray<float>());
        Assert.True(one.Forward(Images).AllClose(Images.Flatten(1).LayerNorm().Reshape(Images.Shape), 1e-5, 1e-6));
    }

    [Fact]
    public void A_separable_convolution_is_a_grouped_one_and_a_pointwise_one()
    {
        // given
        var layer = new SeparableConv2d(3, 3, new() { Padding = 1 });
        var output = layer.Forward(Images);

        // when
        var steps = Images.Conv2d(layer.Depthwise.Weight, null, new ConvOptions { Padding = 1, Groups = 4 })
            .Conv2d(layer.Pointwise.Weight, layer.Pointwise.Bias!.Value);

        // then
        Assert.Equal(steps.ToArray<float>(), output.ToArray<float>());
    }

    [Fact]
    public void Shuffled_pixels_come_back()
    {
        // given
        var x = Tensor.Arange(0, 16.0).Reshape(1, 4, 2, 2);

        // when
        var shuffled = new PixelShuffle(2).Forward(x);

        // then
        Assert.Equal([0f, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15], shuffled.ToArray<float>());
        Assert.Equal(x.ToArray<float>(), new PixelUnshuffle(2).Forward(shuffled).ToArray<float>());
        Assert.Equal([0f, 2, 1, 3], new ChannelShuffle(2).Forward(Tensor.Arange(0, 4.0).Reshape(1, 4, 1)).ToArray<float>());
    }

    [Fact]
    public void Upsampling_repeats_or_goes_in_straight_lines()
    {
        // given
        var x = Tensor.Of(1f, 2f, 4f).Reshape(1, 1, 3);

        // when, then
        Assert.Equal([1f, 1, 2, 2, 4, 4], new Upsample(2).Forward(x).ToArray<float>());
        Assert.Equal([1f, 1.25f, 1.75f, 2.5f, 3.5f, 4f], new Upsample(2, InterpolationMode.Linear).Forward(x).ToArray<float>());
        Assert.Equal([1f, 2f, 4f], new Upsample(1, InterpolationMode.Linear, alignCorners: true).Forward(x).ToArray<float>());
        Assert.Equal([1f, 1.5f, 2f, 3f, 4f], new Upsample(5 / 3.0 + 1e-9, InterpolationMode.Linear, alignCorners: true).Forward(x).ToArray<float>());
    }

    [Fact]
    public void Local_response_norm_sums_over_the_channels_around()
    {
        // given
        var x = Tensor.Of(1f, 2f, 3f).Reshape(1, 3, 1);

        // when
        var y = new LocalResponseNorm(3, alpha: 3, beta: 1).Forward(x).ToArray<float>();

        // then
        Assert.Equal([1 / 6f, 2 / 15f, 3 / 14f], y, static (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_padding_row_is_zero_and_gets_no_gradient()
    {
        // given
        var table = new Embedding(4, 3, paddingIndex: 2);

        // when
        table.Forward(Tensor.Of(1L, 2L, 1L)).Sum().Backward();

        // then
        Assert.Equal([0f, 0, 0], table.Weight.Value[2].ToArray<float>());
        Assert.Equal([0f, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0], table.Weight.Grad!.Flatten().ToArray<float>());
    }

    [Fact]
    public void Rows_that_are_read_are_shortened_to_the_greatest_norm()
    {
        // given
        var table = new Embedding(3, 2, Init.Value(3), maxNorm: 1);

        // when
        var rows = table.Forward(Tensor.Of(0L, 2L, 0L));

        // then
        Assert.All(rows.Norm(1).ToArray<float>(), static norm => Assert.Equal(1, norm, 1e-5f));
        Assert.Equal(3, table.Weight.Value[1].ToArray<float>()[0]);
    }

    [Fact]
    public void A_bag_leaves_padding_out_and_may_be_empty()
    {
        // given
        var bags = new EmbeddingBag(4, 2, new() { Mode = BagMode.Mean, PaddingIndex = 3 });
        var table = bags.Weight.Value.Detach();

        // when
        var rows = bags.Forward(Tensor.Of([[0L, 3L, 1L], [3L, 3L, 3L]]));

        // then
        Assert.True(rows[0].AllClose((table[0] + table[1]) / 2, 1e-5, 1e-6));
        Assert.Equal([0f, 0f], rows[1].ToArray<float>());
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        // given
        var layer = new AlphaDropout(0.3);
        layer.Initialize(1);

        // when
        var y = layer.Forward(Tensor.Randn([200_000], generator: new Generator(1)));

        // then
        Assert.Equal(0, y.Mean().Item(), 0.02);
        Assert.Equal(1, y.Var().Item(), 0.02);
    }

    [Fact]
    public void Dropping_channels_drops_all_of_them()
    {
        // given
        var layer = new Dropout2d(0.5);
        layer.Initialize(1);

        // when
        var places = layer.Forward(Tensor.Ones([10, 20, 3, 3])).Reshape(200, 9);

        // then
        Assert.Equal(places.AMax(1).ToArray<float>(), places.AMin(1).ToArray<float>());
        Assert.InRange(places.AMax(1).ToArray<float>().Count(static value => value == 0), 70, 130);
    }

    [Fact]
    public void A_perceptron_fires_when_its_input_exceeds_the_threshold()
    {
        // given
        var layer = new Perceptron(2, 1);
        layer.LoadState(new Dictionary<string, Tensor> { ["weight"] = Tensor.Of([[1f, 1f]]), ["threshold"] = Tensor.Of(1.5f) });

        // when
        var y = layer.Forward(Tensor.Of([[1f, 1f], [0f, 1f]])).ToArray<float>();

        // then
        Assert.Equal([1 / (1 + MathF.Exp(-0.5f)), 1 / (1 + MathF.Exp(0.5f))], y, static (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_transformers_states_have_pytorchs_names()
    {
        // given
        var model = new Transformer(8, 2, 1, 1, new() { FeedForward = 16 });

        // when
        var names = model.State().Keys.ToArray();

        // then
        Assert.Contains("encoder.layers.0.self_attn.in_proj_weight", names);
        Assert.Contains("decoder.layers.0.multihead_attn.out_proj.bias", names);
        Assert.Contains("decoder.layers.0.norm3.weight", names);
        Assert.Contains("decoder.norm.bias", names);
        Assert.Equal(12 + 2 + 18 + 2, names.Length);
    }
}
