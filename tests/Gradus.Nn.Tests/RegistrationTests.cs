namespace Gradus.Nn.Tests;

public class RegistrationTests
{
    [Fact]
    public void A_parameter_in_a_plain_field_is_an_error_when_it_is_read()
    {
        // given
        var net = new Sequential(new Linear(2, 2), new PlainParameter());

        // when
        var error = Assert.Throws<GradusException>(() => net.Forward(Tensor.Ones([1, 2])));

        // then
        Assert.Equal("1: PlainParameter: it reads a parameter [2] that is not registered, so it would not be trained or saved. " +
            "Assign it to a property whose setter calls Register, or hold it in a ParameterList.", error.Message);
        Assert.StartsWith("PlainBuffer: it reads a buffer [2] that is not registered",
            Assert.Throws<GradusException>(() => new PlainBuffer().Forward(Tensor.Ones([2]))).Message);
    }

    [Fact]
    public void To_register_in_a_constructor_is_an_error_for_all_would_have_one_name()
    {
        // when
        var error = Assert.Throws<GradusException>(static () => new RegisteredInItsConstructor());

        // then
        Assert.StartsWith("register: it is called in a constructor, which gives it no name. Call it in a property's setter", error.Message);
    }

    [Fact]
    public void A_frozen_teacher_is_asked_without_being_part_of_the_network()
    {
        // given
        var teacher = new Sequential(new Linear(2, 3), new Dropout(), new Linear(3, 2));
        teacher.Freeze();
        teacher.Eval();
        var net = new Student(teacher);

        // when
        net.Train();
        net.Forward(Tensor.Ones([4, 2])).Sum().Backward();

        // then
        Assert.False(teacher.IsTraining);
        Assert.Equal(["own.weight", "own.bias"], net.State().Keys);
        Assert.All(net.Parameters(), static parameter => Assert.NotNull(parameter.Grad));
        Assert.All(teacher.Parameters(), static parameter => Assert.Null(parameter.Grad));
        teacher.Unfreeze("2.bias");
        Assert.Contains("is not registered", Assert.Throws<GradusException>(() => net.Forward(Tensor.Ones([4, 2]))).Message);
    }

    [Fact]
    public void A_module_calls_its_own_Forward_alone_and_as_a_part()
    {
        // given: doubled, and doubled again, until above 10
        var doubling = new Doubling();
        var net = new Sequential(new Identity(), new Doubling());

        // then
        Assert.Equal(12, doubling.Forward(Tensor.Of(3f)).Item());
        Assert.Equal(12, net.Forward(Tensor.Of(3f)).Item());
    }

    [Fact]
    public void A_hook_that_returns_null_leaves_what_it_got()
    {
        // given
        var layer = new Linear(2, 2);
        layer.Initialize(1);
        var x = Tensor.Ones([1, 2]).RequireGrad();
        var plain = layer.Forward(x).ToArray<float>();
        Tensor? seen = null;

        // when
        using var before = layer.RegisterForwardPreHook(static _ => null);
        using var after = layer.RegisterForwardHook((_, output) =>
        {
            seen = output;
            return null;
        });
        using var back = layer.RegisterBackwardHook(static (_, _) => null);
        var hooked = layer.Forward(x);
        hooked.Sum().Backward();

        // then
        Assert.Equal(plain, hooked.ToArray<float>());
        Assert.Equal(plain, seen!.ToArray<float>());
        Assert.NotNull(x.Grad);
    }

    [Fact]
    public void A_tied_weight_is_loaded_by_any_of_its_names()
    {
        // given
        var net = new Tied();
        Tensor values = Tensor.Of([[1f, 2f], [3f, 4f]]), others = values + 1;

        // when
        net.LoadState(new Dictionary<string, Tensor> { ["output.weight"] = values });
        var byOther = net.Input.Weight.Value.ToArray<float>();
        net.LoadState(new Dictionary<string, Tensor> { ["input.weight"] = others, ["output.weight"] = others.Clone() });
        var byBoth = net.Output.Weight.Value.ToArray<float>();
        var error = Assert.Throws<GradusException>(() =>
            net.LoadState(new Dictionary<string, Tensor> { ["input.weight"] = values, ["output.weight"] = others }));

        // then
        Assert.Equal([1f, 2f, 3f, 4f], byOther);
        Assert.Equal([2f, 3f, 4f, 5f], byBoth);
        Assert.Equal([2f, 3f, 4f, 5f], net.Input.Weight.Value.ToArray<float>());
        Assert.Equal(
            "state: output.weight and another name of it stand for input.weight, which is one tensor here, but their values differ. Leave one of them out.",
            error.Message);
        Assert.Equal(["input.weight"], net.LoadPartialState(new Dictionary<string, Tensor> { ["output.weight"] = values }).Loaded);
    }

    [Fact]
    public void The_values_of_several_names_are_compared_as_they_are_seen()
    {
        // given: two views of one memory that differ, and two memories with NaN in one place
        var net = new Tied();
        var memory = Tensor.Of([[1f, 2f], [3f, 4f]]);
        Tensor first = Tensor.Of([[1f, float.NaN], [3f, 4f]]), second = first.Clone();

        // when
        var error = Assert.Throws<GradusException>(() =>
            net.LoadState(new Dictionary<string, Tensor> { ["input.weight"] = memory, ["output.weight"] = memory.Transpose(0, 1) }));
        net.LoadState(new Dictionary<string, Tensor> { ["input.weight"] = first, ["output.weight"] = second });

        // then
        Assert.Contains("their values differ", error.Message);
        Assert.Equal(first.ToArray<float>(), net.Output.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void A_name_that_is_very_long_is_cut_where_an_error_tells_it()
    {
        // given
        var net = new Tied();
        var name = new string('a', 100_000);
        var optimizer = new Sgd(net.Parameters());
        var average = WeightAverage.Equal(net.Parameters());
        var state = new Dictionary<string, Tensor> { [name] = Tensor.Ones([1]), ["random-position." + name] = Tensor.Ones([1]) };
        Action[] acts =
        [
            () => net.LoadState(state), () => net.LoadPartialState(net.State(), new Dictionary<string, string> { [name] = "x" }),
            () => net.LoadPartialState(state, new Dictionary<string, string> { ["y"] = "x" }),
            () => net.LoadRandomState(state), () => optimizer.LoadState(state), () => average.LoadState(state), () => net.Freeze(name),
        ];

        // then
        Assert.All(acts, static act => Assert.InRange(Assert.Throws<GradusException>(act).Message.Length, 1, 2000));
    }

    [Fact]
    public void A_rename_of_what_the_state_does_not_have_is_an_error()
    {
        // given
        var net = new Linear(2, 2);

        // when
        var error = Assert.Throws<GradusException>(() => net.LoadPartialState(net.State(), new Dictionary<string, string> { ["kernel"] = "weight" }));

        // then
        Assert.Equal("state: there is no kernel to rename; there are weight, bias.", error.Message);
    }

    [Fact]
    public void Of_a_frozen_part_no_gradient_is_computed()
    {
        // given
        var net = new Sequential(new Linear(3, 3), new Tanh(), new Linear(3, 2));
        net.Freeze("0");

        // when
        var y = net.Forward(Tensor.Randn([5, 3]));
        y.Sum().Backward();

        // then: the graph begins after what is frozen
        Assert.Equal([false, false, true, true], net.Parameters().Select(static parameter => parameter.Grad is not null));
        Assert.DoesNotContain(Graph.Of(net.Forward(Tensor.Randn([5, 3])).Sum()).Nodes, static node => node.OpName == "tanh");

        // and a gradient that was there stays, and comes again when it is trained again
        net.Unfreeze();
        net.Forward(Tensor.Randn([5, 3])).Sum().Backward();
        var kept = net.Parameters().First().Grad!.ToArray<float>();
        net.Freeze("0.weight");
        Assert.Equal(kept, net.Parameters().First().Grad!.ToArray<float>());
    }

    [Fact]
    public void A_weight_that_is_frozen_stays_so_when_it_is_computed_from_others_and_again()
    {
        // given
        var layer = new Linear(3, 3);
        layer.Initialize(1);
        layer.Freeze("weight");

        // when
        WeightNorm.Apply(layer);
        layer.Forward(Tensor.Ones([1, 3])).Sum().Backward();
        var frozen = layer.NamedParameters().Select(static named => (named.Name, named.Parameter.Grad is null)).ToArray();
        WeightNorm.Remove(layer);

        // then
        Assert.Equal([("weight_v", true), ("weight_g", true), ("bias", false)], frozen);
        Assert.True(layer.Weight.IsFrozen);
    }

    [Fact]
    public void An_intermediate_result_that_is_used_later_says_that_the_network_gave_it_back()
    {
        // given
        var keeper = new Keeper();
        var net = new Sequential(new Linear(100, 100), keeper, new Relu());
        net.Forward(Tensor.Ones([4, 100]));

        // when
        var error = Assert.Throws<GradusException>(() => keeper.Kept! + 1);

        // then
        Assert.Equal(
            "tensor: this tensor was computed inside a network, which gave its memory back as soon as the next layer had read it. " +
            "Keep a Clone() of it, or look at it in a hook: RegisterForwardHook.", error.Message);
    }

    private sealed class Keeper : Module<Tensor, Tensor>
    {
        public Tensor? Kept { get; private set; }

        protected override Tensor Compute(Tensor input)
        {
            Kept = input;
            return input * 2;
        }
    }

    private sealed class PlainParameter : Module<Tensor, Tensor>
    {
        private readonly Parameter _scale = new(Tensor.Ones([2]));

        protected override Tensor Compute(Tensor input) => input * _scale;
    }

    private sealed class PlainBuffer : Module<Tensor, Tensor>
    {
        private readonly ModuleBuffer _scale = new(Tensor.Ones([2]));

        protected override Tensor Compute(Tensor input) => input * _scale;
    }

    private sealed class Student : Module<Tensor, Tensor>
    {
        private readonly Sequential _teacher;

        public Student(Sequential teacher) => (_teacher, Own) = (teacher, new Linear(2, 2));

        public Linear Own { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Own.Forward(input) - _teacher.Forward(input);
    }

    private sealed class Doubling : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input) => input.Item() > 10 ? input : Forward(input * 2);
    }

    private sealed class Tied : Module<Tensor, Tensor>
    {
        public Tied()
        {
            (Input, Output) = (new Linear(2, 2, bias: false), new Linear(2, 2, bias: false));
            Output.Weight = Input.Weight;
        }

        public Linear Input { get; set => field = Register(value); }

        public Linear Output { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Output.Forward(Input.Forward(input));
    }

    private sealed class RegisteredInItsConstructor : Module<Tensor, Tensor>
    {
        public RegisteredInItsConstructor() => Head = Register(new Linear(2, 2));

        private Linear Head { get; }

        protected override Tensor Compute(Tensor input) => Head.Forward(input);
    }
}
