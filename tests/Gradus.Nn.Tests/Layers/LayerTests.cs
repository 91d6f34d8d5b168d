namespace Gradus.Nn.Tests.Layers;

public class LayerTests
{
    public static TheoryData<string> Names => [.. ModuleSpecs.All.Keys];

    public static TheoryData<string> Trainable =>
        [.. ModuleSpecs.All.Where(static entry => entry.Value.Make().NamedParameters().Any()).Select(static entry => entry.Key)];

    [Fact]
    public void Every_public_layer_has_a_spec()
    {
        // given
        var specified = ModuleSpecs.All.Values.Select(static spec => spec.Make().GetType())
            .Select(static type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();

        // when
        var layers = typeof(Module).Assembly.GetExportedTypes().Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(Module)));

        // then
        Assert.Empty(layers.Where(layer => !specified.Contains(layer)).Select(static layer => layer.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_layer_gives_the_shape_it_should_and_prints_as_one_would_type_it(string name)
    {
        // given
        var spec = ModuleSpecs.All[name];
        var layer = spec.Make();

        // when
        var output = spec.Run(layer, spec.InputsIn(DType.Float32));

        // then
        Assert.Equal(spec.Output, output.Shape);
        Assert.Equal(DType.Float32, output.DType);
        Assert.Equal(spec.Text, spec.IsLarge ? layer.ToString()[..spec.Text.Length] : layer.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_through_inputs_and_parameters_agree_with_finite_differences(string name)
    {
        // given
        var spec = ModuleSpecs.All[name];
        var (layer, inputs) = InDouble(spec);

        // when: in use, and in training where that is another function of the same numbers
        layer.Eval();
        var inUse = Check();
        layer.Train(spec is { DiffersInTraining: true, IsRandom: false });
        var inTraining = Check();

        // then
        Assert.True(inUse.IsRight, inUse.ToString());
        Assert.True(inTraining.IsRight, inTraining.ToString());

        GradientReport Check()
        {
            var variables = ModuleSpecs.Variables(layer, inputs);
            return spec.IsLarge ? Directions.Check(() => spec.Run(layer, inputs), variables) : GradientCheck.Run(() => spec.Run(layer, inputs), variables);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_layer_with_the_state_of_another_does_the_same(string name)
    {
        // given
        var spec = ModuleSpecs.All[name];
        Module from = spec.Make(), to = spec.Make();
        var inputs = spec.InputsIn(DType.Float32);
        _ = spec.Run(from, inputs);

        // when: the second has never run
        to.LoadState(from.State());
        from.Eval();
        to.Eval();

        // then
        Assert.Equal(from.State().Keys, to.State().Keys);
        Assert.Equal(spec.Run(from, inputs).ToArray<float>(), spec.Run(to, inputs).ToArray<float>());
    }

    [Theory, MemberData(nameof(Names))]
    public void Training_and_use_are_the_same_except_where_they_should_differ(string name)
    {
        // given
        var spec = ModuleSpecs.All[name];
        var layer = spec.Make();
        layer.Initialize(1);
        var inputs = spec.InputsIn(DType.Float32);

        // when
        layer.Eval();
        var inUse = spec.Run(layer, inputs).ToArray<float>();
        var again = spec.Run(layer, inputs).ToArray<float>();
        layer.Train();
        var inTraining = spec.Run(layer, inputs).ToArray<float>();

        // then
        Assert.Equal(inUse, again);
        Assert.Equal(spec.DiffersInTraining, !inUse.SequenceEqual(inTraining));
    }

    [Theory, MemberData(nameof(Names))]
    public void Equal_seeds_give_equal_bits(string name)
    {
        // given
        var spec = ModuleSpecs.All[name];
        Module first = spec.Make(), second = spec.Make();
        var inputs = spec.InputsIn(DType.Float32);
        first.Initialize(5);
        second.Initialize(5);

        // when
        var output = spec.Run(first, inputs);
        Tensor.Rand([7]);

        // then
        Assert.Equal(output.ToArray<float>(), spec.Run(second, inputs).ToArray<float>());
        Assert.Equal(spec.IsRandom, !output.ToArray<float>().SequenceEqual(spec.Run(first, inputs).ToArray<float>()));
    }

    [Theory, MemberData(nameof(Trainable))]
    public void A_step_against_the_gradient_lowers_a_loss(string name)
    {
        // given
        var spec = ModuleSpecs.All[name];
        var (layer, inputs) = InDouble(spec);
        layer.Train(!spec.IsRandom);
        var target = Tensor.Rand(spec.Output, DType.Float64, new Generator(2));
        Tensor Loss() => (spec.Run(layer, inputs) - target).Square().Sum();

        // when
        var before = Loss();
        before.Backward();
        var optimizer = new Sgd(layer.Parameters(), 1e-5);
        optimizer.Step();

        // then
        Assert.True(Loss().Item() < before.Item());
    }

    [Fact]
    public void Dropout_drops_in_training_only_and_from_a_stream_of_its_own()
    {
        // given
        Sequential first = new(new Dropout(0.5), new Dropout(0.5)), second = new(new Dropout(0.5), new Dropout(0.5));
        first.Initialize(3);
        second.Initialize(3);
        var x = Tensor.Ones([1000]);

        // when
        var trained = first.Forward(x).ToArray<float>();
        Tensor.Rand([5]);

        // then
        Assert.Equal(trained, second.Forward(x).ToArray<float>());
        Assert.InRange(trained.Count(static value => value == 0), 650, 850);
        Assert.NotEqual(trained, first.Forward(x).ToArray<float>());
        first.Eval();
        Assert.Equal(x.ToArray<float>(), first.Forward(x).ToArray<float>());
    }

    [Fact]
    public void Sizes_and_probabilities_out_of_range_are_refused()
    {
        // given
        Action[] acts = [static () => _ = new Linear(0, 3), static () => _ = new Dropout(1)];

        // when
        var messages = acts.Select(static act => Assert.Throws<GradusException>(act).Message);

        // then
        Assert.Equal(["linear: 0 → 3; both sizes must be at least 1.", "dropout: probability 1 is outside [0, 1)."], messages);
    }

    /// <summary>A layer of float64 that has seen its inputs, and the inputs.</summary>
    private static (Module Layer, Tensor[] Inputs) InDouble(ModuleSpec spec)
    {
        var layer = spec.Make();
        layer.Initialize(1);
        layer.To(DType.Float64);
        Tensor[] inputs = [.. spec.InputsIn(DType.Float64).Select(static input => input.DType.IsFloat ? input.RequireGrad() : input)];
        _ = spec.Run(layer, inputs);
        return (layer, inputs);
    }
}
