namespace Gradus.Nn.Tests.Layers;

public class NormTests
{
    [Fact]
    public void Layer_norm_leaves_mean_0_and_variance_1_in_each_row()
    {
        // given
        var norm = new LayerNorm(50);
        var x = (Tensor.Randn([4, 3, 50], generator: new Generator(1)) * 3) + 7;

        // when
        var y = norm.Forward(x);

        // then
        Assert.Equal(x.Shape, y.Shape);
        Assert.All(y.Mean(-1).ToArray<float>(), static mean => Assert.Equal(0, mean, 1e-5f));
        Assert.All(y.Square().Mean(-1).ToArray<float>(), static variance => Assert.Equal(1, variance, 1e-4f));
    }

    [Fact]
    public void Running_statistics_are_those_of_pytorch()
    {
        // given: one channel with the values 1 to 4: mean 2.5, unbiased variance 5/3
        var norm = new BatchNorm1d(1);

        // when
        _ = norm.Forward(Tensor.Of([[1f], [2f], [3f], [4f]]));

        // then: 0.9 of what was, 0.1 of the batch
        Assert.Equal(0.25f, norm.RunningMean!.Value.Item(), 1e-6);
        Assert.Equal(0.9 + (0.1 * 5 / 3), norm.RunningVar!.Value.Item(), 1e-6);
        Assert.Equal(1, norm.NumBatchesTracked!.Value.Item());
    }

    [Fact]
    public void Without_a_momentum_every_batch_has_the_same_share()
    {
        // given
        var norm = new BatchNorm1d(1, momentum: null);

        // when
        foreach (var mean in new[] { 1f, 2f, 6f }) _ = norm.Forward(Tensor.Of([[mean - 1], [mean + 1]]));

        // then
        Assert.Equal(3, norm.RunningMean!.Value.Item(), 1e-6);
        Assert.Equal(2, norm.RunningVar!.Value.Item(), 1e-6);
    }

    [Theory, InlineData(DType.BFloat16, 0.02), InlineData(DType.Float16, 0.003)]
    public void In_a_half_type_batch_norm_keeps_its_averages_in_float32(DType dtype, double tolerance)
    {
        // given: deviations of 300, whose squares a float16 cannot hold
        Sequential plain = Net(), half = Net();
        half.To(dtype);
        var x = Tensor.Randn([64, 4], generator: new Generator(1)) * 300;

        // when
        for (var step = 0; step < 40; step++)
        {
            plain.Forward(x.To(dtype).To(DType.Float32));
            half.Forward(x.To(dtype)).Sum().Backward();
        }

        var expected = (BatchNorm1d)plain[0];
        var norm = (BatchNorm1d)half[0];
        half.Eval();
        var used = half.Forward(x.To(dtype));

        // then
        Assert.Equal(DType.Float32, norm.RunningVar!.Value.DType);
        Assert.Equal(expected.RunningVar!.Value.ToArray<float>(), norm.RunningVar.Value.ToArray<float>());
        Assert.Equal(expected.RunningMean!.Value.ToArray<float>(), norm.RunningMean!.Value.ToArray<float>());
        Assert.Equal((dtype, dtype), (used.DType, norm.Weight!.Grad!.DType));
        plain.Eval();
        Assert.True(plain.Forward(x).AllClose(used.To(DType.Float32), tolerance, tolerance));

        static Sequential Net() => new(new BatchNorm1d(4), new Unflatten(1, 2, 2), new InstanceNorm1d(2, trackRunningStatistics: true));
    }

    [Fact]
    public void One_value_for_each_channel_has_no_variance_to_average()
    {
        Assert.Contains("one value for each channel has no variance",
            Assert.Throws<GradusException>(() => new BatchNorm1d(3).Forward(Tensor.Ones([1, 3]))).Message);
        Assert.Contains("has no variance to average",
            Assert.Throws<GradusException>(() => new InstanceNorm1d(3, trackRunningStatistics: true).Forward(Tensor.Ones([5, 3, 1]))).Message);
    }

    [Fact]
    public void Settings_that_are_no_numbers_are_refused()
    {
        Action[] wrong =
        [
            static () => _ = new BatchNorm1d(3, epsilon: double.NaN), static () => _ = new BatchNorm2d(3, momentum: 1.5),
            static () => _ = new BatchNorm2d(3, momentum: double.NaN), static () => _ = new InstanceNorm1d(3, epsilon: -1),
            static () => _ = new InstanceNorm2d(3, momentum: double.NaN), static () => _ = new LayerNorm(3, epsilon: double.NaN),
            static () => _ = new LayerNorm([3, 3], epsilon: -1), static () => _ = new RmsNorm(3, epsilon: double.PositiveInfinity),
            static () => _ = new GroupNorm(3, 1, epsilon: double.NaN), static () => _ = new CosineSimilarity(epsilon: double.NaN),
            static () => _ = new PairwiseDistance(epsilon: -1), static () => _ = new Dropout(double.NaN),
            static () => _ = new Lstm(3, 3, new() { Dropout = double.NaN }),
            static () => _ = new TransformerEncoderLayer(4, 2, new() { Dropout = double.NaN }),
            static () => _ = new TransformerEncoderLayer(4, 2, new() { Epsilon = double.NaN }),
            static () => _ = new MultiHeadAttention(4, 2, dropout: double.NaN),
            static () => _ = new Gpt(5, new() { Layers = 1, Heads = 1, Width = 4, Context = 4, Dropout = double.NaN }),
            static () => SpectralNorm.Apply(new Linear(3, 3), epsilon: double.NaN), static () => SpectralNorm.Apply(new Linear(3, 3), iterations: 0),
        ];

        // then
        Assert.All(wrong, static act => Assert.Throws<GradusException>(act));
    }

    [Fact]
    public void In_use_batch_norm_takes_the_running_statistics_and_leaves_them()
    {
        // given
        var norm = new BatchNorm2d(2);
        _ = norm.Forward(Tensor.Randn([8, 2, 3, 3], generator: new Generator(1)) + 5);
        norm.Eval();
        var before = norm.RunningMean!.Value.ToArray<float>();

        // when
        var x = Tensor.Randn([1, 2, 1, 1], generator: new Generator(2));
        var y = norm.Forward(x);

        // then
        var expected = (x.Reshape(2) - norm.RunningMean.Value) / (norm.RunningVar!.Value + 1e-5).Sqrt();
        Assert.Equal(before, norm.RunningMean.Value.ToArray<float>());
        Assert.All(expected.ToArray<float>().Zip(y.Reshape(2).ToArray<float>()), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_row_has_the_bits_it_has_alone()
    {
        // given
        var norm = new LayerNorm(133);
        var x = Tensor.Randn([300, 133], generator: new Generator(3));

        // when
        var together = norm.Forward(x);

        // then
        foreach (var row in new[] { 0, 77, 299 }) Assert.Equal(norm.Forward(x[row..(row + 1)].Clone()).ToArray<float>(), together[row].ToArray<float>());
    }

    [Fact]
    public void The_states_have_pytorchs_names()
    {
        // given, when
        var state = new BatchNorm2d(3).State().Keys;

        // then
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], state);
        Assert.Equal(["weight", "bias"], new LayerNorm(3).State().Keys);
        Assert.Equal(["weight"], new RmsNorm(3).State().Keys);
        Assert.Empty(new LayerNorm(3, affine: false).State());
    }

    [Fact]
    public void An_input_of_another_rank_is_refused()
    {
        // given
        var norm = new BatchNorm2d(3);

        // when
        var error = Assert.Throws<GradusException>(() => norm.Forward(Tensor.Ones([2, 3])));

        // then
        Assert.Contains("BatchNorm2d: expected [samples, 3, height, width], got f32[2,3].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Running_statistics_are_taken_anew_as_the_average_of_all_batches()
    {
        // given: a network that has seen other numbers, partly in use
        var network = new Sequential(new BatchNorm1d(3, momentum: 0.5), new Dropout(0.5));
        _ = network.Forward(Tensor.Randn([8, 3], generator: new Generator(1)) * 9);
        network.Eval();
        Tensor[] batches = [.. Enumerable.Range(2, 4).Select(static seed => Tensor.Randn([6, 3], generator: new Generator(seed)))];

        // when
        network.RecomputeStatistics(batches);

        // then
        var norm = (BatchNorm1d)network[0];
        Assert.True(norm.RunningMean!.Value.AllClose(Tensor.Stack([.. batches.Select(static batch => batch.Mean(0))]).Mean(0), 1e-5, 1e-6));
        Assert.True(norm.RunningVar!.Value.AllClose(Tensor.Stack([.. batches.Select(static batch => batch.Var(0))]).Mean(0), 1e-5, 1e-6));
        Assert.Equal(4, norm.NumBatchesTracked!.Value.Item());
        Assert.All(network.NamedModules(), static named => Assert.False(named.Module.IsTraining));
    }

    [Fact]
    public void An_instance_norm_in_training_normalizes_by_the_sample_and_in_use_by_what_it_has_seen()
    {
        // given
        var x = Tensor.Randn([4, 2, 5], DType.Float32, new Generator(1));
        var plain = new InstanceNorm1d(2);
        var tracking = new InstanceNorm1d(2, momentum: 1, trackRunningStatistics: true);

        // when
        var trained = tracking.Forward(x);
        tracking.Eval();
        var used = tracking.Forward(x);

        // then
        Assert.Equal(plain.Forward(x).ToArray<float>(), trained.ToArray<float>());
        var (mean, variance) = (x.Mean([0, 2]).Reshape(2, 1), x.Var(2).Mean(0).Reshape(2, 1));
        Assert.True(used.AllClose((x - mean) / (variance + 1e-5).Sqrt(), 1e-5, 1e-5));
        Assert.Equal(["running_mean", "running_var", "num_batches_tracked"], tracking.State().Keys);
    }

    [Fact]
    public void Statistics_that_cannot_be_taken_anew_stay_as_they_were()
    {
        // given
        var net = new Sequential(new BatchNorm1d(2));
        net.Forward(Tensor.Randn([8, 2], generator: new Generator(1)));
        var before = net.State().Values.Select(static value => value.ToArray<double>()).ToArray();

        // when: a last batch of one row, and none at all
        Assert.Throws<GradusException>(() => net.RecomputeStatistics([Tensor.Randn([4, 2]), Tensor.Ones([1, 2])]));
        Assert.Throws<GradusException>(() => net.RecomputeStatistics(Array.Empty<Tensor>()));

        // then
        Assert.Equal(before, net.State().Values.Select(static value => value.ToArray<double>()));
    }
}
