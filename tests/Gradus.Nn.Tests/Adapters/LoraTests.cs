namespace Gradus.Nn.Tests.Adapters;

public class LoraTests
{
    private static readonly Tensor X = Tensor.Randn([4, 6], generator: new Generator(1));

    [Fact]
    public void It_changes_nothing_at_first_and_is_all_that_is_trained()
    {
        foreach (var dora in new[] { false, true })
        {
            // given
            var model = Perceptron();
            var before = Bits(model.Forward(X));

            // when
            var lora = Lora.Attach(model, new() { Rank = 2, Dora = dora });

            // then
            Assert.Equal(before, Bits(model.Forward(X)));
            Assert.Equal(["0.weight", "2.weight"], lora.Weights);
            var trained = model.NamedParameters().Where(static named => !named.Parameter.IsFrozen).Select(static named => named.Name);
            string[] parts = dora ? ["lora_a", "lora_b", "lora_m"] : ["lora_a", "lora_b"];
            Assert.Equal([.. parts.Select(static part => $"0.weight_{part}"), .. parts.Select(static part => $"2.weight_{part}")], trained);
            Assert.Equal(lora.Parameters(), model.Parameters().Where(static parameter => !parameter.IsFrozen));
        }
    }

    [Fact]
    public void An_optimizer_moves_the_adapters_alone_and_keeps_states_of_no_others()
    {
        // given
        var model = Perceptron();
        var lora = Lora.Attach(model, new() { Rank = 2 });
        var optimizer = new AdamW(model.Parameters());
        var before = model.State().ToDictionary(static entry => entry.Key, static entry => Bits(entry.Value));

        // when
        for (var step = 0; step < 2; step++) optimizer.Step(() => model.Forward(X).Square().Mean());

        // then
        Assert.All(model.State(), entry =>
            Assert.Equal(entry.Key.Contains("_lora_", StringComparison.Ordinal), !before[entry.Key].SequenceEqual(Bits(entry.Value))));
        Assert.All(model.NamedParameters(), static named => Assert.Equal(named.Parameter.IsFrozen, named.Parameter.Grad is null));
        Assert.Equal(
            lora.State().Keys.Order(),
            optimizer.State().Keys.Where(static name => name.EndsWith(".exp_avg", StringComparison.Ordinal)).Select(static name => name[..^8]).Order());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void What_is_merged_has_the_bits_of_what_was_trained_and_what_is_detached_those_of_the_base(bool dora)
    {
        // given
        var (merged, detached) = (Perceptron(), Perceptron());
        var (first, second) = (Lora.Attach(merged, new() { Rank = 2, Dora = dora }), Lora.Attach(detached, new() { Rank = 2, Dora = dora }));
        Train(merged);
        Train(detached);
        var after = Bits(merged.Forward(X));

        // when
        first.Merge();
        second.Detach();

        // then
        Assert.Equal(after, Bits(merged.Forward(X)));
        Assert.Equal(Perceptron().State().Keys, merged.State().Keys);
        Assert.All(Perceptron().State(), entry => Assert.Equal(Bits(entry.Value), Bits(detached.State()[entry.Key])));
        Assert.All(merged.Parameters().Concat(detached.Parameters()), static parameter => Assert.False(parameter.IsFrozen));
        Assert.NotEqual(Bits(Perceptron().Forward(X)), after);
    }

    [Fact]
    public void Frozen_parameters_are_frozen_again_afterwards()
    {
        // given
        var model = Perceptron();
        model.Freeze("0");
        var lora = Lora.Attach(model, new() { Rank = 2 });

        // when
        lora.Merge();

        // then
        Assert.Equal(["0.weight", "0.bias"], model.NamedParameters().Where(static named => named.Parameter.IsFrozen).Select(static named => named.Name));
    }

    [Fact]
    public void Adapters_of_several_tasks_are_exchanged_on_one_base()
    {
        // given
        var model = Perceptron();
        var options = new LoraOptions { Rank = 2, AlsoTrain = ["2.bias"] };
        var lora = Lora.Attach(model, options);
        Train(model);
        var (state, output) = (Copy(lora.State()), Bits(model.Forward(X)));

        // when
        lora.Detach();
        var plain = Bits(model.Forward(X));
        var again = Lora.Attach(model, options);
        again.LoadState(state);

        // then
        Assert.Equal(Bits(Perceptron().Forward(X)), plain);
        Assert.Equal(output, Bits(model.Forward(X)));
        Assert.Contains("2.bias", state.Keys);
    }

    [Fact]
    public void Statistics_of_batch_norm_that_changed_belong_to_the_adapters()
    {
        // given
        static Sequential Make()
        {
            var model = new Sequential(new Linear(6, 5), new BatchNorm1d(5), new Linear(5, 3));
            model.Initialize(1);
            return model;
        }

        var model = Make();
        var lora = Lora.Attach(model, new() { Rank = 2 });
        var before = lora.State().Keys.ToArray();
        Train(model);
        model.Eval();
        var (state, output) = (Copy(lora.State()), Bits(model.Forward(X)));
        lora.Detach();

        // when
        var other = Make();
        other.Eval();
        var plain = Bits(other.Forward(X));
        Lora.Attach(other, new() { Rank = 2 }).LoadState(state);

        // then
        Assert.DoesNotContain("1.running_mean", before);
        Assert.Contains("1.running_mean", state.Keys);
        Assert.Equal(output, Bits(other.Forward(X)));
        Assert.Equal(plain, Bits(model.Forward(X)));
    }

    [Fact]
    public void Equal_seeds_give_equal_adapters_also_on_loaded_weights()
    {
        // given
        Sequential[] models = [Perceptron(), Perceptron()];

        // when
        foreach (var model in models)
        {
            Lora.Attach(model, new() { Rank = 2 });
            model.Initialize(7, keepValues: true);
        }

        // then
        Assert.Equal(Bits(models[0].State()["0.weight_lora_a"]), Bits(models[1].State()["0.weight_lora_a"]));
        Assert.Equal(Bits(Perceptron().State()["0.weight"]), Bits(models[0].State()["0.weight_base"]));
    }

    [Fact]
    public void Several_threads_evaluate_an_adapted_network_with_equal_bits()
    {
        // given
        var model = Perceptron();
        Lora.Attach(model, new() { Rank = 2 });
        Train(model);
        model.Eval();
        var expected = Bits(model.Forward(X));

        // when
        var outputs = new int[8][];
        Parallel.For(0, outputs.Length, index => outputs[index] = Bits(model.Forward(X)));

        // then
        Assert.All(outputs, bits => Assert.Equal(expected, bits));
    }

    [Fact]
    public void A_base_of_16_bits_is_adapted_in_32()
    {
        // given
        var model = Perceptron();
        model.To(DType.BFloat16);

        // when
        Lora.Attach(model, new() { Rank = 2 });

        // then
        Assert.Equal(DType.BFloat16, model.State()["0.weight_base"].DType);
        Assert.Equal(DType.Float32, model.State()["0.weight_lora_a"].DType);
        Assert.Equal(DType.Float32, model.Forward(X).DType);
    }

    [Fact]
    public void The_doctor_finds_nothing_wrong_with_adapters()
    {
        // given
        var model = Perceptron();
        Lora.Attach(model, new() { Rank = 2 });
        var targets = Tensor.Of(0, 1, 2, 0);

        // when
        var examination = Doctor.Examine(model, () => Losses.CrossEntropy(model.Forward(X), targets));

        // then
        Assert.DoesNotContain(examination.Findings, static finding => finding.Illness is Illness.UnusedParameters or Illness.VanishingGradient);
    }

    internal static int[] Bits(Tensor x) => [.. x.Detach().ToArray<float>().Select(BitConverter.SingleToInt32Bits)];

    private static Dictionary<string, Tensor> Copy(IReadOnlyDictionary<string, Tensor> state) =>
        state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());

    private static void Train(Module<Tensor, Tensor> model)
    {
        var optimizer = new AdamW(model.Parameters(), new() { LearningRate = 0.05 });
        for (var step = 0; step < 5; step++) optimizer.Step(() => (model.Forward(X) - 1).Square().Mean());
    }

    private static Sequential Perceptron()
    {
        var model = new Sequential(new Linear(6, 5), new Tanh(), new Linear(5, 4));
        model.Initialize(1);
        return model;
    }
}
