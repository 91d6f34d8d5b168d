namespace Gradus.Nn.Tests.Adapters;

public class LoraLayersTests
{
    private static readonly Dictionary<string, (Func<Module<Tensor, Tensor>> Make, Tensor Input)> Kinds = new()
    {
        ["linear"] = (static () => new Linear(6, 5), Draw(3, 6)),
        ["convolution of lines"] = (static () => new Conv1d(4, 6, 3), Draw(2, 4, 7)),
        ["grouped convolution"] = (static () => new Conv2d(4, 6, 3, new() { Groups = 2 }), Draw(2, 4, 5, 5)),
        ["convolution of volumes"] = (static () => new Conv3d(2, 4, 2), Draw(1, 2, 3, 3, 3)),
        ["transposed convolution"] = (static () => new ConvTranspose2d(3, 4, 2), Draw(1, 3, 3, 3)),
        ["attention"] = (static () => new Attending(), Draw(2, 3, 4)),
        ["LSTM"] = (static () => new Reading(), Draw(3, 2, 4)),
        ["embedding"] = (static () => new Embedding(7, 4), Tensor.Of(1, 5, 5, 0)),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients_agree_with_finite_differences(string kind)
    {
        // given: B, which begins as zeros, so that A has a gradient
        var (make, input) = Kinds[kind];
        var model = Adapted(make, dora: false, out _);
        Perturb(model);

        // when
        var report = model.CheckGradients(input);

        // then
        Assert.True(report.IsRight, report.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void It_computes_what_the_layer_would_with_the_composed_weight_and_so_do_its_gradients(string kind)
    {
        foreach (var dora in new[] { false, true })
        {
            // given
            var (make, input) = Kinds[kind];
            var model = Adapted(make, dora, out var lora);
            Perturb(model);
            var plain = make();
            plain.LoadState(StateOf(make));
            var parts = model.NamedParameters().ToDictionary(static named => named.Name, static named => named.Parameter.Value.Detach().Clone().RequireGrad());

            // when
            var weights = lora.Weights.ToDictionary(static name => name, name => Composed(parts, name, lora.Options));
            var expected = plain.FunctionalCall(weights, input);
            var output = model.Forward(input);
            expected.Square().Sum().Backward();
            output.Square().Sum().Backward();

            // then
            Assert.Equal(LoraTests.Bits(expected), LoraTests.Bits(output));
            foreach (var (name, parameter) in model.NamedParameters())
            {
                if (parameter.IsFrozen) Assert.Null(parameter.Grad);
                else Assert.True(parameter.Grad!.AllClose(parts[name].Grad!, 1e-5, 1e-6), $"{kind}: {name}");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Merged_and_detached_they_are_plain_layers_again(string kind)
    {
        foreach (var dora in new[] { false, true })
        {
            // given
            var (make, input) = Kinds[kind];
            var model = Adapted(make, dora, out var lora);
            Perturb(model);
            var output = LoraTests.Bits(model.Forward(input));

            // when
            lora.Merge();

            // then
            Assert.Equal(StateOf(make).Keys, model.State().Keys);
            Assert.Equal(output, LoraTests.Bits(model.Forward(input)));
        }
    }

    [Fact]
    public void A_row_of_zeros_is_one_at_first_and_learns_under_DoRA()
    {
        // given
        var model = new Linear(3, 2, init: Init.Zeros);
        model.Initialize(1);
        Lora.Attach(model, new() { Rank = 1, Dora = true });

        // when
        var before = model.Weight.Value.ToArray<float>();
        var optimizer = new AdamW(model.Parameters(), new() { LearningRate = 0.1 });
        double[] losses = [.. Enumerable.Range(0, 20).Select(_ => optimizer.Step(() => (model.Forward(Draw(2, 3)) - 1).Square().Mean()))];

        // then
        Assert.All(before, static value => Assert.Equal(0, value));
        Assert.All(losses, static loss => Assert.True(double.IsFinite(loss)));
        Assert.InRange(losses[^1], 0, 0.9 * losses[0]);
    }

    private static Module<Tensor, Tensor> Adapted(Func<Module<Tensor, Tensor>> make, bool dora, out Lora lora)
    {
        var model = make();
        model.Initialize(1);
        lora = Lora.Attach(model, new() { Rank = 2, Alpha = 3, Dora = dora, Layers = ["*weight*"] });
        return model;
    }

    private static IReadOnlyDictionary<string, Tensor> StateOf(Func<Module<Tensor, Tensor>> make)
    {
        var model = make();
        model.Initialize(1);
        return model.State();
    }

    private static void Perturb(Module model)
    {
        using var noGrad = new NoGrad();
        foreach (var (name, parameter) in model.NamedParameters())
        {
            if (!parameter.IsFrozen) parameter.Value.CopyFrom(parameter.Value + (Tensor.Randn(parameter.Shape, generator: new Generator(3, name)) * 0.2));
        }
    }

    private static Tensor Composed(Dictionary<string, Tensor> parts, string name, LoraOptions options)
    {
        var weight = parts[name + "_base"];
        weight += (parts[name + "_lora_b"] * (options.Alpha!.Value / options.Rank)).MatMul(parts[name + "_lora_a"]).Reshape(weight.Shape);
        if (!options.Dora) return weight;
        var norms = weight.Detach().Flatten(1).Norm(1);
        return weight * (parts[name + "_lora_m"].Flatten() / norms).Reshape([.. Enumerable.Range(0, weight.Rank).Select(axis => axis == 0 ? -1 : 1)]);
    }

    private static Tensor Draw(params ReadOnlySpan<int> shape) => Tensor.Randn(Shape.Create(shape), generator: new Generator(2));

    private sealed class Attending : Module<Tensor, Tensor>
    {
        public Attending() => Attention = new MultiHeadAttention(4, 2);

        private MultiHeadAttention Attention { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Attention.Forward(input);
    }

    private sealed class Reading : Module<Tensor, Tensor>
    {
        public Reading() => Lstm = new Lstm(4, 3);

        private Lstm Lstm { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor input) => Lstm.Forward(input).Output;
    }
}
