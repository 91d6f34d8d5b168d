namespace Gradus.Nn.Tests;

/// <summary>Training that goes on after the network's element type has changed.</summary>
public class ElementTypeTests
{
    public static TheoryData<string> Stepping => OptimizerSpec.Names(static spec => !spec.TakesLoss);

    public static TheoryData<string> Names => OptimizerSpec.Names(static _ => true);

    [Theory, MemberData(nameof(Stepping))]
    public void An_optimizer_goes_on_in_the_new_type_as_one_that_took_up_its_state(string name)
    {
        foreach (var (from, to) in new[] { (DType.Float32, DType.Float64), (DType.Float64, DType.Float32) })
        {
            // given: two networks after three steps, in one type
            Linear first = Net(from), second = Net(from);
            var optimizer = OptimizerSpec.All[name].Make(Weights(first));
            var other = OptimizerSpec.All[name].Make(Weights(second));
            Train(optimizer, first, 3);
            Train(other, second, 3);

            // when: both change it, one with its optimizer, one with a fresh one that takes up the state
            first.To(to);
            second.To(to);
            var fresh = OptimizerSpec.All[name].Make(Weights(second));
            fresh.LoadState(other.State());
            Train(optimizer, first, 3);
            Train(fresh, second, 3);

            // then
            Assert.Equal(second.Weight.Value.ToArray<double>(), first.Weight.Value.ToArray<double>());
            Assert.All(first.Weight.Value.ToArray<double>(), static value => Assert.InRange(value, -10, 10));
            Assert.Equal(6, optimizer.StepCount);
            Assert.All(optimizer.State().Where(static entry => entry.Value.Rank > 0), entry => Assert.Equal(to, entry.Value.DType));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_type_and_back_again_goes_on_as_if_nothing_had_been(string name)
    {
        // given
        Linear first = Net(DType.Float32), second = Net(DType.Float32);
        Optimizer optimizer = OptimizerSpec.All[name].Make(Weights(first)), other = OptimizerSpec.All[name].Make(Weights(second));
        Train(optimizer, first, 2);
        Train(other, second, 2);

        // when
        first.To(DType.Float64);
        first.To(DType.BFloat16);
        first.To(DType.Float32);
        first.Weight.Value.Detach().CopyFrom(second.Weight.Value.Detach());
        Train(optimizer, first, 2);
        Train(other, second, 2);

        // then
        Assert.Equal(second.Weight.Value.ToArray<float>(), first.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void A_gradient_stays_with_its_parameter_and_changes_its_type_too()
    {
        // given
        var net = Net(DType.Float32);
        net.Weight.Grad = Tensor.Full(net.Weight.Shape, 0.5);

        // when
        net.To(DType.Float64);
        new Sgd([net.Weight], 1).Step();

        // then
        Assert.Equal(DType.Float64, net.Weight.Grad!.DType);
        Assert.Equal(Net(DType.Float64).Weight.Value.ToArray<double>().Select(static value => value - 0.5), net.Weight.Value.ToArray<double>());
    }

    [Fact]
    public void Averages_follow_the_weights_into_their_new_type()
    {
        // given
        var net = Net(DType.Float32);
        WeightAverage equal = WeightAverage.Equal(net.Parameters()), exponential = WeightAverage.Exponential(net.Parameters(), 0.5);
        var weights = net.Weight.Value.ToArray<double>();
        equal.Update();

        // when
        net.To(DType.Float64);
        using (new NoGrad()) net.Weight.Value.CopyFrom(net.Weight.Value.Detach() + 1);
        equal.Update();
        exponential.Update();
        var mean = equal.Averages[0].ToArray<double>();
        equal.Swap();
        var during = net.Weight.Value.ToArray<double>();
        equal.Swap();

        // then
        Assert.Equal(weights.Select(static value => value + 0.5), mean);
        Assert.Equal(mean, during);
        Assert.Equal(weights.Select(static value => value + 1), net.Weight.Value.ToArray<double>());
        Assert.Equal(mean, exponential.Averages[0].ToArray<double>());
    }

    [Theory, InlineData(DType.Float16), InlineData(DType.BFloat16)]
    public void Averages_of_weights_of_a_half_type_move_by_less_than_that_type_shows(DType type)
    {
        // given
        Parameter weight = new(Tensor.Ones([3], type)), other = new(Tensor.Ones([3]));
        WeightAverage average = WeightAverage.Exponential([weight], 0.9999), begun = WeightAverage.Exponential([other], 0.9999);
        using var noGrad = new NoGrad();
        weight.Value.Fill(2);
        other.Value.Fill(2);

        // when: one is of a half type from the first, the other becomes it on the way
        for (var step = 0; step < 10; step++) average.Update();
        for (var step = 0; step < 5; step++) begun.Update();
        other.Convert(type);
        for (var step = 0; step < 5; step++) begun.Update();

        // then
        var expected = 2 - Math.Pow(0.9999, 10);
        foreach (var moved in new[] { average, begun })
        {
            Assert.Equal(DType.Float32, moved.Averages[0].DType);
            Assert.All(moved.Averages[0].ToArray<double>(), value => Assert.Equal(expected, value, 1e-6));
        }

        average.Swap();
        Assert.Equal(Tensor.Scalar(expected).To(type).Item(), weight.Value.ToArray<double>()[0]);
        Assert.Equal(2, average.Averages[0].ToArray<double>()[0]);
        average.Swap();
        Assert.Equal(2, weight.Value.ToArray<double>()[0]);
    }

    [Fact]
    public void The_average_of_averaged_gradient_descent_changes_places_after_a_change_of_type()
    {
        // given
        var net = Net(DType.Float32);
        var optimizer = new AveragedSgd(Weights(net), new AveragedSgdOptions { LearningRate = 0.1, AverageFrom = 0 });
        Train(optimizer, net, 3);
        var weights = net.Weight.Value.ToArray<double>();

        // when
        net.To(DType.Float64);
        optimizer.SwapAverage();
        var average = net.Weight.Value.ToArray<double>();
        optimizer.SwapAverage();
        net.To(DType.BFloat16);
        optimizer.SwapAverage();
        var rounded = net.Weight.Value.ToArray<double>();
        net.To(DType.Float64);
        net.Weight.Value.Detach().CopyFrom(Tensor.From(weights, net.Weight.Shape));

        // then
        Assert.Equal(Tensor.From(average, [average.Length]).To(DType.BFloat16).ToArray<double>(), rounded);
        Assert.Equal(weights, net.Weight.Value.ToArray<double>());
        Assert.All(average.Zip(weights), static pair => Assert.Equal(pair.Second, pair.First, 1.0));
    }

    [Fact]
    public void A_parameter_that_has_come_to_be_computed_is_an_error_and_nothing_moves()
    {
        // given
        var net = new Sequential(Net(DType.Float32), Net(DType.Float32));
        var optimizer = new Sgd(net.Parameters(), 0.1);
        var layer = (Linear)net[1];
        WeightNorm.Apply(layer);
        foreach (var parameter in net.Parameters()) parameter.Grad = Tensor.Ones(parameter.Shape);
        var before = ((Linear)net[0]).Weight.Value.ToArray<float>();

        // when
        var error = Assert.Throws<GradusException>(optimizer.Step);

        // then
        Assert.Contains("computed from other parameters", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ((Linear)net[0]).Weight.Value.ToArray<float>());
        Assert.Equal(0, optimizer.StepCount);
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Gradients_of_every_type_are_measured_and_clipped(DType type)
    {
        // given: 3, 4 and twelve zeros, beside one of another type
        var p = Tensor.Zeros([14], type).RequireGrad();
        var q = Tensor.Zeros([1], DType.Float64).RequireGrad();
        p.Grad = Tensor.Of([3f, 4, .. new float[12]]).To(type);
        q.Grad = Tensor.Of(12.0);

        // when
        var norm = Clip.ByNorm([p, q], 6.5);
        var after = Clip.Norm([p, q]);
        Clip.ByValue([p, q], 1.75);

        // then
        Assert.Equal(13, norm, 1e-9);
        Assert.Equal(6.5, after, 1e-2);
        Assert.Equal(type, p.Grad.DType);
        Assert.Equal([1.5, 1.75], p.Grad.ToArray<double>()[..2].Select(static value => Math.Round(value, 2)));
    }

    private static Linear Net(DType type)
    {
        var net = new Linear(64, 48, bias: false);
        net.Initialize(1);
        net.To(type);
        return net;
    }

    private static Parameter[] Weights(Linear net) => [net.Weight];

    private static void Train(Optimizer optimizer, Linear net, int steps)
    {
        var x = Tensor.Randn([8, 64], DType.Float64, new Generator(2)).To(net.Weight.Value.DType);
        OptimizerSpec.Minimize(optimizer, () => (net.Forward(x) - 1).Square().Mean(), steps);
    }
}
