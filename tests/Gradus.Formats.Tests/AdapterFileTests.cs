using Gradus.Nn;

namespace Gradus.Formats.Tests;

public sealed class AdapterFileTests : IDisposable
{
    private static readonly Tensor X = Tensor.Randn([3, 6], generator: new Generator(1));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void Adapters_that_are_saved_make_the_same_network_of_their_base(bool dora)
    {
        // given
        var model = Network();
        var lora = Lora.Attach(model, new() { Rank = 2, Alpha = 5, Dora = dora, AlsoTrain = ["2.bias"] });
        Train(model);

        // when
        lora.Save(_folder["task.safetensors"], new Dictionary<string, string> { ["task"] = "ones" });
        var other = Network();
        var loaded = AdapterFile.Load(other, _folder["task.safetensors"]);

        // then
        Assert.Equal(model.Forward(X).ToArray<float>(), other.Forward(X).ToArray<float>());
        Assert.Equal((2, 5.0, dora), (loaded.Options.Rank, loaded.Options.Alpha, loaded.Options.Dora));
        Assert.Equal(["2.bias"], loaded.Options.AlsoTrain);
        Assert.Equal("ones", SafeTensorsFile.Read(_folder["task.safetensors"]).Metadata["task"]);
        loaded.Detach();
        Assert.Equal(Network().Forward(X).ToArray<float>(), other.Forward(X).ToArray<float>());
    }

    [Fact]
    public void Several_are_exchanged_on_one_base()
    {
        // given
        var outputs = new List<float[]>();
        foreach (var target in (double[])[1, -1])
        {
            var trained = Network();
            var lora = Lora.Attach(trained, new() { Rank = 2 });
            Train(trained, target);
            lora.Save(_folder[FormattableString.Invariant($"{target}.safetensors")]);
            outputs.Add(trained.Forward(X).ToArray<float>());
        }

        // when
        var model = Network();
        var found = new List<float[]>();
        foreach (var name in (string[])["1.safetensors", "-1.safetensors", "1.safetensors"])
        {
            var lora = AdapterFile.Load(model, _folder[name]);
            found.Add(model.Forward(X).ToArray<float>());
            lora.Detach();
        }

        // then
        Assert.Equal([outputs[0], outputs[1], outputs[0]], found);
        Assert.NotEqual(outputs[0], outputs[1]);
    }

    [Fact]
    public void The_file_is_below_a_fiftieth_of_the_size_of_the_base()
    {
        // given: 5.4 million numbers
        var model = new Gpt(65, new() { Layers = 3, Heads = 6, Width = 384, Context = 128 });
        model.Initialize(1);
        model.Save(_folder["base.safetensors"]);

        // when
        Lora.Attach(model, new() { Rank = 4 }).Save(_folder["adapter.safetensors"]);

        // then
        var (whole, part) = (new FileInfo(_folder["base.safetensors"]).Length, new FileInfo(_folder["adapter.safetensors"]).Length);
        Assert.InRange(whole, 20_000_000, 30_000_000);
        Assert.InRange((double)part / whole, 0.005, 0.02);
    }

    [Fact]
    public void A_base_that_is_another_is_as_it_was_and_told_of()
    {
        // given
        var model = Network();
        Lora.Attach(model, new() { Rank = 2 }).Save(_folder["task.safetensors"]);
        var (wide, other) = (Network(7), new Sequential(new Linear(6, 5)));
        other.Initialize(1);
        var before = wide.State().Keys.ToArray();

        // when
        var shape = Assert.Throws<GradusException>(() => AdapterFile.Load(wide, _folder["task.safetensors"]));
        var name = Assert.Throws<GradusException>(() => AdapterFile.Load(other, _folder["task.safetensors"]));
        var twice = Assert.Throws<GradusException>(() => AdapterFile.Load(model, _folder["task.safetensors"]));

        // then
        Assert.Contains(
            "task.safetensors: lora: the adapters do not fit Sequential: 0.weight_lora_b is [5,2], expected [7,2]", shape.Message, StringComparison.Ordinal);
        Assert.Contains("task.safetensors: lora: no parameter's name is like 2.weight;", name.Message, StringComparison.Ordinal);
        Assert.EndsWith("lora: Sequential has adapters already. Merge them, or detach them, first.", twice.Message, StringComparison.Ordinal);
        Assert.Equal(before, wide.State().Keys);
        Assert.All(wide.Parameters(), static parameter => Assert.False(parameter.IsFrozen));
    }

    [Theory]
    [InlineData("adapter", null, "the metadata's 'adapter' is missing, expected lora or dora.")]
    [InlineData("adapter", "houdini", "the metadata's 'adapter' is houdini, expected lora or dora.")]
    [InlineData("rank", "1e99", "the metadata's 'rank' is 1e99, expected a whole number from 1 on.")]
    [InlineData("rank", "2.5", "the metadata's 'rank' is 2.5, expected a whole number from 1 on.")]
    [InlineData("rank", null, "the metadata's 'rank' is missing, expected a whole number from 1 on.")]
    [InlineData("alpha", "NaN", "the metadata's 'alpha' is NaN, expected a number above 0.")]
    public void A_file_of_other_words_is_refused(string word, string? value, string expected)
    {
        // given
        var lora = Lora.Attach(Network(), new() { Rank = 2 });
        var words = new Dictionary<string, string> { ["adapter"] = "lora", ["rank"] = "2", ["alpha"] = "4" };
        if (value is null) words.Remove(word);
        else words[word] = value;
        SafeTensorsFile.Write(_folder["a.safetensors"], lora.State(), words);

        // when
        var error = Assert.Throws<InvalidDataException>(() => AdapterFile.Load(Network(), _folder["a.safetensors"]));

        // then
        Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_that_no_tensor_has_is_refused_before_anything_is_allocated()
    {
        // given
        var lora = Lora.Attach(Network(), new() { Rank = 2 });
        var words = new Dictionary<string, string> { ["adapter"] = "lora", ["rank"] = "2000000000", ["alpha"] = "4" };
        SafeTensorsFile.Write(_folder["a.safetensors"], lora.State(), words);
        SafeTensorsFile.Write(_folder["none.safetensors"], new Dictionary<string, Tensor>(), words);

        // when
        var rank = Assert.Throws<GradusException>(() => AdapterFile.Load(Network(), _folder["a.safetensors"]));
        var none = Assert.Throws<InvalidDataException>(() => AdapterFile.Load(Network(), _folder["none.safetensors"]));

        // then
        Assert.Contains("a rank of 2000000000 for 0.weight, which is a matrix of 5 × 6; expected at most 5.", rank.Message, StringComparison.Ordinal);
        Assert.EndsWith("it holds no adapters: there is no tensor whose name ends in _lora_a.", none.Message, StringComparison.Ordinal);
    }

    private static Sequential Network(int hidden = 5)
    {
        var model = new Sequential(new Linear(6, hidden), new Tanh(), new Linear(hidden, 4));
        model.Initialize(1);
        return model;
    }

    private static void Train(Module<Tensor, Tensor> model, double target = 1)
    {
        var optimizer = new AdamW(model.Parameters(), new() { LearningRate = 0.05 });
        for (var step = 0; step < 5; step++) optimizer.Step(() => (model.Forward(X) - target).Square().Mean());
    }
}
