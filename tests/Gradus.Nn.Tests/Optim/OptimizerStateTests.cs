namespace Gradus.Nn.Tests;

public class OptimizerStateTests
{
    public static TheoryData<string> Names => OptimizerSpec.Names(static _ => true);

    [Theory, MemberData(nameof(Names))]
    public void A_state_with_any_name_missing_or_wrong_is_refused_and_leaves_all_as_it_was(string name)
    {
        // given: an optimizer after three steps, and the state of another after five
        var (optimizer, _) = Stepped(name, 3);
        var saved = Copy(Stepped(name, 5).Optimizer.State());
        var before = Values(optimizer.State());
        // A parameter of which nothing else is kept has, without a step, never been moved.
        var hasStepAlone = saved.Keys.Count(static key => key.StartsWith("0.", StringComparison.Ordinal)) == 1;
        string[] mayBeLeftOut = ["0.product", .. hasStepAlone ? ["0.step"] : Array.Empty<string>()];

        foreach (var (key, tensor) in saved)
        {
            Tensor?[] faults = [null, Tensor.Zeros([tensor.Shape.Rank == 0 ? 2 : 1, 7, 1]),
                tensor.Rank == 0 ? Tensor.Scalar(double.NaN) : tensor.To(DType.Int64)];
            foreach (var fault in faults.Where(fault => fault is not null || !mayBeLeftOut.Contains(key)))
            {
                // when
                var broken = new Dictionary<string, Tensor>(saved);
                if (fault is null) broken.Remove(key);
                else broken[key] = fault;
                var error = Assert.Throws<GradusException>(() => optimizer.LoadState(broken));

                // then
                Assert.StartsWith($"state: it does not fit {optimizer.GetType().Name}: ", error.Message);
                Assert.Equal(before, Values(optimizer.State()));
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_rate_that_is_no_number_is_refused(string name)
    {
        // given
        var (optimizer, _) = Stepped(name, 1);
        var before = optimizer.LearningRate;

        foreach (var rate in new[] { double.NaN, double.PositiveInfinity, -1 })
        {
            // when
            var error = Assert.Throws<GradusException>(() => optimizer.LearningRate = rate);

            // then
            Assert.StartsWith(FormattableString.Invariant($"optimizer: LearningRate is {rate}, expected "), error.Message);
            Assert.Equal(before, optimizer.LearningRate);
        }
    }

    [Fact]
    public void An_average_of_weights_takes_up_all_or_nothing()
    {
        // given
        var weight = Tensor.Of(1f, 2f).RequireGrad();
        var average = WeightAverage.Equal([weight]);
        average.Update();
        var state = Copy(average.State());
        state["count"] = Tensor.Scalar(0.5);
        state["0.average"] = Tensor.Of(7f, 7f);

        // when
        var error = Assert.Throws<GradusException>(() => average.LoadState(state));

        // then
        Assert.Equal("state: it does not fit WeightAverage: count is 0.5, expected a whole number of at least 0.", error.Message);
        Assert.Equal([1f, 2f], average.Averages[0].ToArray<float>());
    }

    [Fact]
    public void A_group_that_no_parameter_is_in_is_an_error()
    {
        // given
        var net = new Sequential(new Linear(2, 2), new Linear(2, 1));

        // when
        var error = Assert.Throws<GradusException>(() =>
            new AdamW(net.Parameters(), new() { Groups = [ParameterGroup.Named("encoder.*") with { LearningRateFactor = 0.1 }] }));

        // then
        Assert.Equal("AdamW: no parameter is in the group Named(\"encoder.*\") × 0.1; there are 0.weight, 0.bias, 1.weight, 1.bias.", error.Message);
        Assert.Throws<GradusException>(() => new Sgd(net.Parameters(), new() { Groups = [ParameterGroup.Where(static (_, _) => false)] }));
        Assert.Throws<GradusException>(() =>
            new Sgd(net.Parameters(), new() { Groups = [ParameterGroup.Named("*") with { LearningRateFactor = double.NaN }] }));
    }

    private static (Optimizer Optimizer, Tensor Parameter) Stepped(string name, int steps)
    {
        var p = Tensor.Of([[3.0, -2.0], [1.0, 0.5]]).RequireGrad();
        var optimizer = OptimizerSpec.All[name].Make([p]);
        OptimizerSpec.Minimize(optimizer, () => ((p - 1).Square() * Tensor.Of(1.0, 3.0)).Sum(), steps);
        return (optimizer, p);
    }

    private static Dictionary<string, Tensor> Copy(IReadOnlyDictionary<string, Tensor> state) =>
        state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());

    private static Dictionary<string, double[]> Values(IReadOnlyDictionary<string, Tensor> state) =>
        state.ToDictionary(static entry => entry.Key, static entry => entry.Value.ToArray<double>());
}
