namespace Gradus.Nn.Tests;

public class LayerDecayTests
{
    [Fact]
    public void The_rate_falls_from_the_last_layer_to_the_first()
    {
        // given
        var model = new Gpt(20, new() { Layers = 2, Heads = 1, Width = 4, Context = 4 });
        model.Initialize(1);

        // when
        var groups = ParameterGroup.LayerDecay(model.Parameters(), 0.5);
        var optimizer = new AdamW(model.Parameters(), new() { LearningRate = 1, Groups = groups });

        // then
        Assert.Equal(
            [
                "Layer(\"wte\") × 0.03125", "Layer(\"wpe\") × 0.0625", "Layer(\"h.0\") × 0.125", "Layer(\"h.1\") × 0.25", "Layer(\"ln_f\") × 0.5",
                "Layer(\"lm_head\") × 1",
            ],
            groups.Select(static group => group.ToString()));
        Assert.Equal(0.125, optimizer.States.Single(static state => state.Name == "h.0.attn.c_attn.bias").LearningRate);
        Assert.Equal(1, optimizer.States[^1].LearningRate);
    }

    [Fact]
    public void A_step_is_as_much_smaller_as_the_rate()
    {
        // given: equal gradients everywhere
        var model = new Sequential(new Linear(2, 2, bias: false), new Linear(2, 2, bias: false));
        model.Initialize(1);
        var before = model.Parameters().Select(static parameter => parameter.Value.ToArray<float>()).ToArray();
        var optimizer = new Sgd(model.Parameters(), new() { LearningRate = 0.5, Groups = ParameterGroup.LayerDecay(model.Parameters(), 0.25) });

        // when
        optimizer.Step(() => model.Parameters().Select(static parameter => parameter.Value.Sum()).Aggregate(static (x, y) => x + y));

        // then
        float[] Moved(int index) => [.. before[index].Zip(model.Parameters().ElementAt(index).Value.ToArray<float>(), static (x, y) => x - y)];
        Assert.All(Moved(0), static step => Assert.Equal(0.125, step, 1e-6));
        Assert.All(Moved(1), static step => Assert.Equal(0.5, step, 1e-6));
    }

    [Fact]
    public void Who_trains_some_layers_alone_may_give_the_groups_of_all()
    {
        // given
        var model = new Sequential(new Linear(2, 2), new Linear(2, 2));
        var groups = ParameterGroup.LayerDecay(model.Parameters(), 0.5);

        // when
        var optimizer = new Sgd(model[1].Parameters(), new() { LearningRate = 1, Groups = groups });

        // then
        Assert.All(optimizer.States, static state => Assert.Equal(1, state.LearningRate));
        Assert.Throws<GradusException>(() => ParameterGroup.LayerDecay(model.Parameters(), 0));
        Assert.Throws<GradusException>(static () => ParameterGroup.LayerDecay([], 0.5));
    }
}
