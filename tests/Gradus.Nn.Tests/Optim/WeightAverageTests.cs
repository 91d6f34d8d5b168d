namespace Gradus.Nn.Tests;

public class WeightAverageTests
{
    [Fact]
    public void The_exponential_average_follows_and_the_equal_one_is_the_mean()
    {
        // given
        var p = Tensor.Of(1.0, 2.0).RequireGrad();
        WeightAverage exponential = WeightAverage.Exponential([p], 0.9), equal = WeightAverage.Equal([p]);

        // when
        foreach (var value in new[] { 3.0, 5, 10 })
        {
            using var noGrad = new NoGrad();
            p.Fill(value);
            exponential.Update();
            equal.Update();
        }

        // then
        Assert.Equal(6, equal.Averages[0].ToArray<double>()[1], 1e-12);
        Assert.Equal((((1 * 0.9) + 0.3) * 0.9 * 0.9) + (0.5 * 0.9) + 1, exponential.Averages[0].ToArray<double>()[0], 1e-12);
        Assert.Equal("WeightAverage.Exponential(0.9)", exponential.ToString());
    }

    [Theory, InlineData(0.9999), InlineData(0.999999), InlineData(null)]
    public void The_average_of_weights_that_stay_is_those_weights(double? decay)
    {
        // given
        Parameter[] parameters = [new(Tensor.Of(0.3f, 1, -1e30f))];
        var average = decay is { } number ? WeightAverage.Exponential(parameters, number) : WeightAverage.Equal(parameters);

        // when
        for (var step = 0; step < 20_000; step++) average.Update();

        // then
        Assert.Equal([0.3f, 1, -1e30f], average.Averages[0].ToArray<float>());
    }

    [Fact]
    public void The_first_weights_of_an_equal_average_are_taken_as_they_are()
    {
        // given: weights that start far from where they go
        Parameter[] parameters = [new(Tensor.Of(-1e30f, float.PositiveInfinity))];
        var average = WeightAverage.Equal(parameters);

        // when
        using (GradMode.Disable()) parameters[0].Value.Fill(3);
        average.Update();

        // then
        Assert.Equal([3, 3], average.Averages[0].ToArray<float>());
    }

    [Fact]
    public void Weights_and_averages_change_places_and_back_and_the_state_goes_round()
    {
        // given
        var net = new Linear(2, 1, bias: false);
        net.Initialize(1);
        var average = WeightAverage.Exponential(net.Parameters());
        var weights = net.Weight.Value.ToArray<float>();
        using var noGrad = new NoGrad();
        net.Weight.Value.Fill(7);

        // when
        average.Swap();
        var during = net.Weight.Value.ToArray<float>();
        average.Swap();
        average.Update();
        var other = WeightAverage.Exponential(net.Parameters());
        other.LoadState(average.State());

        // then
        Assert.Equal(weights, during);
        Assert.Equal([7f, 7f], net.Weight.Value.ToArray<float>());
        Assert.Equal(["count", "weight.average"], average.State().Keys);
        Assert.Equal(average.Averages[0].ToArray<float>(), other.Averages[0].ToArray<float>());
        Assert.Equal(1, other.Count);
    }
}
