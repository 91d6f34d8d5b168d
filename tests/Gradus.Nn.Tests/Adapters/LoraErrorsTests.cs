namespace Gradus.Nn.Tests.Adapters;

public class LoraErrorsTests
{
    [Fact]
    public void What_cannot_be_attached_is_refused_and_nothing_has_changed()
    {
        // given
        var model = new Sequential(new Linear(6, 5), new Tanh(), new Linear(5, 3));
        model.Initialize(1);

        // when
        var rank = Refused(new() { Rank = 4, Layers = ["2"] });
        var none = Refused(new() { Rank = 0 });
        var alpha = Refused(new() { Alpha = double.NaN });
        var name = Refused(new() { Rank = 2, Layers = ["0.wieght"] });
        var bias = Refused(new() { Rank = 2, Layers = ["*.bias"] });
        var small = Refused(new() { Rank = 100 });
        var both = Refused(new() { Rank = 1, AlsoTrain = ["2"] });

        // then
        Assert.Equal("lora: a rank of 4 for 2.weight, which is a matrix of 3 × 5; expected at most 3.", rank);
        Assert.Equal("lora: Rank 0; it must be at least 1.", none);
        Assert.Equal("lora: Alpha is NaN, expected a finite number above 0.", alpha);
        Assert.Equal(
            "lora: no parameter's name is like 0.wieght; 0.weight is nearest; there are 0.weight, 0.bias, 2.weight, 2.bias.", name);
        Assert.Equal(
            "lora: *.bias is no weight that can be adapted: it has one axis, or is used in several places. There are 0.weight, 2.weight.", bias);
        Assert.Equal(
            "lora: the network has no weight that is larger than its adapters of rank 100 would be. Take a lower rank, or name the weights.", small);
        Assert.Equal("lora: 2.weight is to be adapted and trained as a whole. Name the weights to adapt without it.", both);
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], model.State().Keys);
        Assert.All(model.Parameters(), static parameter => Assert.False(parameter.IsFrozen));

        string Refused(LoraOptions options) => Assert.Throws<GradusException>(() => Lora.Attach(model, options)).Message;
    }

    [Fact]
    public void Adapters_are_attached_once_and_taken_off_once()
    {
        // given
        var model = new Sequential(new Linear(6, 5));
        model.Initialize(1);
        var lora = Lora.Attach(model, new() { Rank = 2 });

        // when
        var twice = Assert.Throws<GradusException>(() => Lora.Attach(model));
        lora.Merge();
        var merged = Assert.Throws<GradusException>(lora.Detach);

        // then
        Assert.Equal("lora: Sequential has adapters already. Merge them, or detach them, first.", twice.Message);
        Assert.Equal("LoRA(rank 2, 1 weights of Sequential): the adapters are merged or detached already. Attach others.", merged.Message);
    }

    [Fact]
    public void Sizes_that_are_not_known_yet_and_weights_of_several_places_are_told_of()
    {
        // given
        var tied = new Sequential(new Linear(4, 4, bias: false), new Linear(4, 4, bias: false));
        ((Linear)tied[1]).Weight = ((Linear)tied[0]).Weight;

        // when
        var pending = Assert.Throws<GradusException>(static () => Lora.Attach(new Sequential(new Linear(5))));
        var shared = Assert.Throws<GradusException>(() => Lora.Attach(tied, new() { Rank = 1, Layers = ["0"] }));

        // then
        Assert.Equal("lora: 0.weight is [5,?]. Load the weights, or call Forward, first.", pending.Message);
        Assert.StartsWith("lora: 0 is no weight that can be adapted: it has one axis, or is used in several places.", shared.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_learns_beside_and_would_not_be_saved_is_told_of()
    {
        // given
        var model = new Sequential(new Linear(6, 5));
        model.Initialize(1);
        var lora = Lora.Attach(model, new() { Rank = 2 });
        model.Unfreeze("*.bias");

        // when
        var refused = Assert.Throws<GradusException>(lora.State);

        // then
        Assert.Equal("lora: 0.bias was unfrozen and is no part of the adapters' state. Name it in AlsoTrain.", refused.Message);
    }

    [Fact]
    public void A_state_of_other_shapes_changes_nothing()
    {
        // given
        var model = new Sequential(new Linear(6, 5));
        model.Initialize(1);
        var lora = Lora.Attach(model, new() { Rank = 2 });
        var state = new Dictionary<string, Tensor> { ["0.weight_lora_a"] = Tensor.Ones([2, 7]), ["1.weight_lora_b"] = Tensor.Ones([5, 2]) };

        // when
        var refused = Assert.Throws<GradusException>(() => lora.LoadState(state));

        // then
        Assert.Equal(
            "lora: the adapters do not fit Sequential: 0.weight_lora_b is missing; 1.weight_lora_b is unknown; 0.weight_lora_a is [2,7], expected [2,6]; " +
            "1.weight_lora_b may stand for 0.weight_lora_b.", refused.Message);
    }
}
