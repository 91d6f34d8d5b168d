namespace Gradus.Nn.Tests;

public class ModuleTests
{
    [Fact]
    public void State_is_named_by_path_in_snake_case()
    {
        // given
        var net = new Net();

        // when
        var state = net.State();

        // then
        Assert.Equal(["scale", "hidden_layer.weight", "hidden_layer.bias", "output.weight", "running_mean"], state.Keys);
        Assert.Equal([3, 2], state["hidden_layer.weight"].Shape);
        Assert.Equal("hidden_layer", net.HiddenLayer.Path);
        Assert.Equal(["", "hidden_layer", "output"], net.NamedModules().Select(static module => module.Name));
    }

    [Theory]
    [InlineData("Weight", "weight"), InlineData("RunningMean", "running_mean"), InlineData("_field", "field"), InlineData("weight_ih_l0", "weight_ih_l0")]
    public void A_propertys_name_becomes_snake_case(string property, string name)
    {
        // given
        var expected = name;

        // when
        var actual = Module.StateName(property);

        // then
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_parameter_used_in_two_places_is_one_and_saved_once()
    {
        // given
        Linear first = new(3, 3, bias: false), second = new(3, 3, bias: false);
        second.Weight = first.Weight;
        var net = new Sequential(first, new Tanh(), second);

        // when
        net.Forward(Tensor.Ones([1, 3])).Sum().Backward();

        // then
        Assert.Single(net.Parameters());
        Assert.Equal(["0.weight"], net.State().Keys);
        Assert.Same(first.Weight.Value, second.Weight.Value);
        Assert.NotNull(first.Weight.Grad);
        _ = new Sgd(net.Parameters());
    }

    [Fact]
    public void A_layer_called_inside_another_without_being_registered_is_an_error()
    {
        // given
        var net = new Forgetful();

        // when
        var error = Assert.Throws<GradusException>(() => net.Forward(Tensor.Ones([1, 2])));

        // then
        Assert.Equal("Forgetful: Linear is called inside it but is not registered, so it would not be trained or saved. " +
            "Assign it to a property whose setter calls Register, or hold it in a ModuleList.", error.Message);
    }

    [Fact]
    public void Errors_begin_with_the_path_of_the_layer_where_they_happened()
    {
        // given
        var net = new Sequential(new Linear(2, 3), new Sequential(new Relu(), new Linear(4, 1)));

        // when
        var error = Assert.Throws<GradusException>(() => net.Forward(Tensor.Ones([1, 2])));

        // then
        Assert.Equal("1.1: expected [..., 4], got f32[1,3].", error.Message);
        Assert.Equal([1, 3], net[0].Forward(Tensor.Ones([1, 2])).Shape);
    }

    [Fact]
    public void State_moves_from_one_network_to_another()
    {
        // given
        Net from = new(), to = new();
        from.Initialize(1);
        to.Initialize(2);

        // when
        to.LoadState(from.State());

        // then
        var x = Tensor.Ones([1, 2]);
        Assert.Equal(from.Forward(x).ToArray<float>(), to.Forward(x).ToArray<float>());
        Assert.All(from.State(), entry => Assert.Equal(entry.Value.ToArray<float>(), to.State()[entry.Key].ToArray<float>()));
    }

    [Fact]
    public void State_that_does_not_fit_is_refused_whole()
    {
        // given
        var net = new Net();
        var state = new Dictionary<string, Tensor>(net.State()) { ["extra"] = Tensor.Ones([1]), ["scale"] = Tensor.Ones([2]) };
        state.Remove("output.weight");
        var before = net.HiddenLayer.Weight.Value.ToArray<float>();
        state["hidden_layer.weight"] = Tensor.Zeros([3, 2]);

        // when
        var error = Assert.Throws<GradusException>(() => net.LoadState(state));

        // then
        Assert.Equal("state: it does not fit Net: output.weight is missing; extra is unknown; scale is [2], expected [1].", error.Message);
        Assert.Equal(before, net.HiddenLayer.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void Equal_seeds_give_equal_networks_whatever_was_drawn_before()
    {
        // given
        Net first = new(), second = new(), other = new();

        // when
        first.Initialize(5);
        Tensor.Rand([17]);
        second.Initialize(5);
        other.Initialize(6);

        // then
        Assert.Equal(first.HiddenLayer.Weight.Value.ToArray<float>(), second.HiddenLayer.Weight.Value.ToArray<float>());
        Assert.NotEqual(first.HiddenLayer.Weight.Value.ToArray<float>(), other.HiddenLayer.Weight.Value.ToArray<float>());
        Assert.NotEqual(new Linear(3, 3).Weight.Value.ToArray<float>(), new Linear(3, 3).Weight.Value.ToArray<float>());
    }

    [Fact]
    public void Training_and_use_reach_every_module()
    {
        // given
        var net = new Sequential(new Dropout(), new Sequential(new Dropout()));

        // when
        net.Eval();
        var inUse = net.NamedModules().Select(static module => module.Module.IsTraining).ToArray();
        net.Train();

        // then
        Assert.Equal([false, false, false, false], inUse);
        Assert.All(net.NamedModules(), static module => Assert.True(module.Module.IsTraining));
    }

    [Fact]
    public void Modules_that_are_nested_thousands_deep_print_each_line_once()
    {
        // given
        Module<Tensor, Tensor> net = new Relu();
        for (var depth = 0; depth < 2000; depth++) net = new Sequential(net);

        // when
        var lines = net.ToString().Split('\n');

        // then
        Assert.Equal(4001, lines.Length);
        Assert.Equal(new string(' ', 4000) + "0: Relu()", lines[2000]);
        Assert.Equal(")", lines[^1]);
    }

    [Fact]
    public void A_network_prints_as_one_would_type_it()
    {
        // given
        var net = new Sequential(new Linear(784, 10), new Relu(), new Sequential(new Dropout(0.25), new Linear(10, 2, bias: false)));

        // when
        var text = net.ToString();

        // then
        Assert.Equal("Sequential(\n  0: Linear(784 → 10)\n  1: Relu()\n  2: Sequential(\n    0: Dropout(0.25)\n    1: Linear(10 → 2, no bias)\n  )\n)", text);
    }

    [Fact]
    public void Parameters_change_their_type_together()
    {
        // given
        var net = new Sequential(new Linear(2, 2));

        // when
        net.To(DType.Float64);

        // then
        Assert.All(net.Parameters(), static parameter => Assert.Equal(DType.Float64, parameter.Value.DType));
        Assert.Equal(DType.Float64, net.Forward(Tensor.Ones([1, 2], DType.Float64)).DType);
        Assert.All(net.Parameters(), static parameter => Assert.True(parameter.Value.Node!.IsLeaf));
    }

    [Fact]
    public void Modules_in_a_list_are_owned_by_number()
    {
        // given
        var list = new ModuleList<Linear>(new Linear(1, 2), new Linear(2, 3));

        // when
        list.Add(new Linear(3, 4));

        // then
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "2.weight", "2.bias"], list.State().Keys);
        Assert.Equal((3, "2"), (list.Count, list[2].Path));
        Assert.Equal(6, list.Sum(static linear => linear.Parameters().Count()));
    }

    [Fact]
    public void Converting_a_module_converts_the_buffers_that_it_computes_with()
    {
        // given
        var net = new Net();

        // when
        net.To(DType.Float64);

        // then
        Assert.Equal(DType.Float64, net.RunningMean.Value.DType);
        Assert.Equal(DType.Float64, net.State()["running_mean"].DType);
    }

    private sealed class Net : Module<Tensor, Tensor>
    {
        public Net()
        {
            HiddenLayer = new Linear(2, 3);
            Output = new Linear(3, 1, bias: false);
            Scale = new Parameter([1], Init.Ones);
            RunningMean = new ModuleBuffer(Tensor.Zeros([3]));
        }

        public Linear HiddenLayer { get; set => field = Register(value); }

        public Linear Output { get; set => field = Register(value); }

        public Parameter Scale { get; set => field = Register(value)!; }

        public ModuleBuffer RunningMean { get; set => field = Register(value)!; }

        protected override Tensor Compute(Tensor input) => Output.Forward(HiddenLayer.Forward(input) - RunningMean) * Scale;
    }

    private sealed class Forgetful : Module<Tensor, Tensor>
    {
        private readonly Linear _layer = new(2, 2);

        protected override Tensor Compute(Tensor input) => _layer.Forward(input);
    }
}
