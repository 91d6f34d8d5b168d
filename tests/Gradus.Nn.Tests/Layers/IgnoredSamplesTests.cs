namespace Gradus.Nn.Tests;

/// <summary>A sample that no gradient asks for gives the weights none, even if its numbers are not finite.</summary>
public class IgnoredSamplesTests
{
    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_row_whose_label_is_ignored_leaves_the_weights_gradients_as_they_are_without_it(double spoilt)
    {
        // given
        var net = new Sequential(new Linear(3, 8), new LayerNorm(8), new Gelu(), new Linear(8, 4));
        net.Initialize(1);
        var x = Tensor.Randn([3, 3], generator: new Generator(2));

        // when
        Losses.CrossEntropy(net.Forward(x), Tensor.Of(0, 3, 1), ignoreIndex: -100).Backward();
        var want = Gradients(net);
        Losses.CrossEntropy(
            net.Forward(Tensor.Concat([x, Tensor.Full([1, 3], spoilt, DType.Float32)], 0)), Tensor.Of(0, 3, 1, -100), ignoreIndex: -100).Backward();

        // then
        Assert.All(want.Zip(Gradients(net)), static pair => Assert.Equal(pair.First, pair.Second));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void An_image_that_the_loss_does_not_read_leaves_a_convolutions_gradients_as_they_are_without_it(int groups)
    {
        // given
        var net = new Sequential(
            new Conv2d(2, 4, 3, new() { Groups = groups }), new ConvTranspose2d(4, 2, 2, new() { Groups = groups }),
            new Conv2d(2, 2, 1, new() { Groups = groups, Bias = false }));
        net.Initialize(1);
        var x = Tensor.Randn([2, 2, 5, 5], generator: new Generator(2));

        // when
        net.Forward(x).Square().Sum().Backward();
        var want = Gradients(net);
        net.Forward(Tensor.Concat([x, Tensor.Full([1, 2, 5, 5], double.NaN, DType.Float32)], 0))[..2].Square().Sum().Backward();

        // then
        Assert.All(want.Zip(Gradients(net)), static pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public void A_sequence_that_the_loss_does_not_read_leaves_an_encoders_gradients_as_they_are_without_it()
    {
        // given
        var net = new TransformerEncoderLayer(4, 2, new() { FeedForward = 8, Dropout = 0 });
        net.Initialize(1);
        var x = Tensor.Randn([2, 3, 4], generator: new Generator(2));

        // when
        net.Forward(new(x)).Square().Sum().Backward();
        var want = Gradients(net);
        net.Forward(new(Tensor.Concat([x, Tensor.Full([1, 3, 4], double.NaN, DType.Float32)], 0)))[..2].Square().Sum().Backward();

        // then
        Assert.All(want.Zip(Gradients(net)), static pair => Assert.Equal(pair.First, pair.Second));
    }

    [Theory, InlineData("lstm", double.NaN), InlineData("gru", double.NaN), InlineData("rnn", double.NaN),
     InlineData("lstm", double.PositiveInfinity), InlineData("gru", double.PositiveInfinity), InlineData("rnn", double.PositiveInfinity)]
    public void A_sequence_that_the_loss_does_not_read_leaves_a_recurrent_networks_gradients_as_they_are_without_it(string kind, double spoilt)
    {
        // given
        Lstm lstm = new(3, 4, new() { BatchFirst = true });
        Gru gru = new(3, 4, new() { BatchFirst = true });
        Rnn rnn = new(3, 4, new() { BatchFirst = true });
        Module net = kind switch { "lstm" => lstm, "gru" => gru, _ => rnn };
        net.Initialize(1);
        Tensor Outputs(Tensor x) => kind switch { "lstm" => lstm.Forward(x).Output, "gru" => gru.Forward(x).Output, _ => rnn.Forward(x).Output };
        var x = Tensor.Randn([2, 5, 3], generator: new Generator(2));

        // when
        Outputs(x).Square().Sum().Backward();
        var want = Gradients(net);
        var all = Tensor.Concat([x, Tensor.Full([1, 5, 3], spoilt, DType.Float32)], 0).RequireGrad();
        Outputs(all)[..2].Square().Sum().Backward();

        // then
        Assert.All(want.Zip(Gradients(net)), static pair => Assert.Equal(pair.First, pair.Second));
        Assert.All(all.Grad![2..].Flatten().ToArray<float>(), static gradient => Assert.Equal(0, gradient));
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void A_sequence_of_NaN_that_is_not_read_counts_as_one_of_zeros_through_layers_in_both_directions(DType type)
    {
        // given: steps first, so that the sequence stands between the others in memory
        Lstm lstm = new(3, 4, new() { Layers = 2, Bidirectional = true });
        Gru gru = new(8, 4, new() { Bidirectional = true });
        foreach (var part in new Module[] { lstm, gru })
        {
            part.Initialize(1);
            part.To(type);
        }

        var x = Tensor.Randn([5, 2, 3], type, new Generator(2));
        double[][] With(double unread)
        {
            var all = Tensor.Concat([x, Tensor.Full([5, 1, 3], unread, type)], 1);
            gru.Forward(lstm.Forward(all).Output).Output.Slice(1, 0, 2).Square().Sum().Backward();
            return [.. Gradients(lstm), .. Gradients(gru)];
        }

        // when
        var (want, got) = (With(0), With(double.NaN));

        // then
        Assert.All(want.Zip(got), static pair => Assert.Equal(pair.First, pair.Second));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Rows_and_columns_of_a_product_that_get_no_gradient_give_none(bool isRecorded)
    {
        // given: a row of x and a column of y that are not finite, which only the last row and column of the product show
        var x = Tensor.Of([[1.0, 2], [3, 4], [double.NaN, double.PositiveInfinity]]).RequireGrad();
        var y = Tensor.Of([[1.0, 2, double.NaN], [3, 4, double.NegativeInfinity]]).RequireGrad();

        // when
        var gradients = Autograd.Grad([x.MatMul(y)], [x, y], [Tensor.Of([[1.0, 1, 0], [1, 1, 0], [0, 0, 0]])], createGraph: isRecorded);

        // then
        Assert.Equal([3, 7, 3, 7, 0, 0], gradients[0]!.Flatten().ToArray<double>());
        Assert.Equal([4, 4, 0, 6, 6, 0], gradients[1]!.Flatten().ToArray<double>());
    }

    private static double[][] Gradients(Module net)
    {
        double[][] gradients = [.. net.Parameters().Select(static parameter => parameter.Grad!.Flatten().To(DType.Float64).ToArray<double>())];
        net.ZeroGrad();
        return gradients;
    }
}
