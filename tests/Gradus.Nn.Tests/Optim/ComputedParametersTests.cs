namespace Gradus.Nn.Tests;

/// <summary>What an optimizer or an average says to a parameter that is computed from others.</summary>
public class ComputedParametersTests
{
    [Fact]
    public void Neither_an_optimizer_nor_an_average_takes_one()
    {
        // given
        var layer = new Linear(2, 3);
        var net = new Sequential(new Linear(2, 2), layer);
        WeightNorm.Apply(layer);
        Action[] acts = [() => _ = new Adam([layer.Weight]), () => _ = WeightAverage.Equal([layer.Weight]),
            () => _ = WeightAverage.Exponential([net.Parameters().First(), layer.Weight])];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        const string What =
            ": 1.weight is computed from other parameters, which are trained in its place. " +
            "Make optimizers and averages of model.Parameters(), which has those.";
        Assert.Equal(["Adam" + What, "weightAverage" + What, "weightAverage" + What], messages);
        Assert.Equal(["0.weight", "0.bias", "1.weight_v", "1.weight_g", "1.bias"], net.NamedParameters().Select(static named => named.Name));
    }

    [Fact]
    public void Averages_of_one_that_has_come_to_be_computed_are_not_exchanged_in_part()
    {
        // given
        var net = new Sequential(new Linear(2, 2), new Linear(2, 1));
        net.Initialize(1);
        var descent = new AveragedSgd(net.Parameters(), new AveragedSgdOptions { LearningRate = 0.1, AverageFrom = 0 });
        var average = WeightAverage.Equal(net.Parameters());
        for (var step = 0; step < 3; step++) descent.Step(() => net.Forward(Tensor.Ones([4, 2])).Square().Mean());
        WeightNorm.Apply((Linear)net[1]);
        var before = ((Linear)net[0]).Weight.Value.ToArray<float>();
        Action[] acts = [descent.SwapAverage, average.Swap, average.Update, () => average.State(), () => average.LoadState(new Dictionary<string, Tensor>())];

        // then
        Assert.All(acts, static act => Assert.Contains("1.weight is computed from other parameters", Assert.Throws<GradusException>(act).Message));
        Assert.Equal(before, ((Linear)net[0]).Weight.Value.ToArray<float>());
        Assert.Equal(0, average.Count);
    }
}
