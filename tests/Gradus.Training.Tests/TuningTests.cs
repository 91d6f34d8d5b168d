using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests;

public class TuningTests
{
    [Fact]
    public void Digits_that_were_learnt_are_told_by_adapters_where_they_stand_aside()
    {
        // given: a network that knows digits in the middle
        var drawn = Digits.Generate(new() { TrainCount = 800, ValidationCount = 0, TestCount = 200 });
        var digits = drawn with { Train = drawn.Train.Normalize(0.13, 0.31), Test = drawn.Test.Normalize(0.13, 0.31) };
        var model = Mlp.Create(784, [48], 10);
        Fit(model, digits.Train, new() { Epochs = 6, LearningRate = 0.003 });
        IBatchSource<Labeled> train = MovedAside(digits.Train), test = MovedAside(digits.Test);
        var task = new Classification(model);
        var (known, before) = (task.Evaluate(digits.Test).Accuracy, task.Evaluate(test).Accuracy);
        var bias = model.State()["1.bias"].ToArray<float>();

        // when
        var lora = Lora.Attach(model, new() { Rank = 4 });
        Fit(model, train, new() { Epochs = 10, LearningRate = 0.01 });
        var after = task.Evaluate(test).Accuracy;
        lora.Detach();

        // then
        Assert.InRange(known!.Value, 0.85, 1);
        Assert.InRange(before!.Value, 0, 0.4);
        Assert.InRange(after!.Value, 0.85, 1);
        Assert.Equal(bias, model.State()["1.bias"].ToArray<float>());
        Assert.Equal(known, task.Evaluate(digits.Test).Accuracy);
    }

    [Fact]
    public void Parts_are_unfrozen_one_after_the_other()
    {
        // given
        var (model, data) = Make.Untrained("mlp:8,6");
        var options = new TrainingOptions
        {
            Epochs = 4,
            BatchSize = 32,
            Freeze = ["1", "3.weight"],
            Unfreeze = [new("3.*", 3), new("5.bias", 2)],
        };
        var moved = new List<string[]>();
        var before = Copy(model.Network);

        // when
        foreach (var happened in new Trainer(model.Network, data, options).Run())
        {
            if (happened is not EpochDone) continue;
            var now = Copy(model.Network);
            moved.Add([.. now.Keys.Where(name => !now[name].SequenceEqual(before[name]))]);
            before = now;
        }

        // then
        Assert.Equal(["5.weight"], moved[0]);
        Assert.Equal(["5.weight", "5.bias"], moved[1]);
        Assert.Equal(["3.weight", "3.bias", "5.weight", "5.bias"], moved[2]);
        Assert.Equal(["3.weight", "3.bias", "5.weight", "5.bias"], moved[3]);
    }

    [Theory, InlineData(OptimizerKind.Sgd), InlineData(OptimizerKind.Adam), InlineData(OptimizerKind.AdamW)]
    public void Groups_and_layers_have_rates_of_their_own(OptimizerKind kind)
    {
        // given: a gradient of one everywhere
        var model = Mlp.Create(2, [8, 6], 2);
        model.Initialize(1);
        var options = new TrainingOptions
        {
            Optimizer = kind,
            LearningRate = 1,
            WeightDecay = 0,
            LayerDecay = 0.5,
            Groups = [ParameterGroup.Named("*.bias") with { LearningRateFactor = 3 }],
        };
        var before = Copy(model);

        // when
        options.CreateOptimizer(model.Parameters()).Step(() => model.ParametersToVector().Sum());

        // then
        var rates = Copy(model).Select(entry => Math.Round(before[entry.Key][0] - entry.Value[0], 4));
        Assert.Equal([0.25, 3, 0.5, 3, 1, 3], rates);
    }

    [Fact]
    public void Wrong_settings_are_refused()
    {
        // given
        var (model, data) = Make.Untrained();
        void Train(TrainingOptions options) => _ = new Trainer(model.Network, data, options);

        // when, then
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(new() { Unfreeze = [new("1", 0)] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(new() { LayerDecay = 0 }));
        Assert.Equal(
            "unfreeze: no parameter's name is like 1.wieght; 1.weight is nearest; there are 1.weight, 1.bias, 3.weight, 3.bias.",
            Assert.Throws<GradusException>(() => Train(new() { Unfreeze = [new("1.wieght", 2)] })).Message);
    }

    [Fact]
    public void A_run_with_adapters_goes_on_with_equal_bits_and_its_model_is_saved_merged()
    {
        // given
        (TrainedModel Model, Lora Lora, Trainer Trainer) Prepared()
        {
            var (model, data) = Make.Untrained("mlp:8");
            var lora = Lora.Attach(model.Network, new() { Rank = 1, Dora = true, Layers = ["1", "3"] });
            return (model, lora, new Trainer(model.Network, data, new() { Epochs = 3, BatchSize = 16 }));
        }

        using var folder = new TemporaryFolder();
        var (whole, part, rest) = (Prepared(), Prepared(), Prepared());
        _ = whole.Trainer.Run().Last();

        // when
        _ = part.Trainer.Run().First(static happened => happened is StepDone { Step: 13 });
        rest.Trainer.Restore(part.Trainer.Capture());
        _ = rest.Trainer.Run().Last();
        whole.Model.Save(folder["whole.safetensors"]);
        rest.Model.Save(folder["rest.safetensors"]);
        whole.Lora.Merge();

        // then
        Assert.Equal(File.ReadAllBytes(folder["whole.safetensors"]), File.ReadAllBytes(folder["rest.safetensors"]));
        var loaded = TrainedModel.Load(folder["whole.safetensors"]);
        Assert.Equal(Copy(whole.Model.Network), Copy(loaded.Network));
    }

    private static Dictionary<string, float[]> Copy(Module network) =>
        network.State().ToDictionary(static entry => entry.Key, static entry => entry.Value.ToArray<float>());

    private static IBatchSource<Labeled> MovedAside(Dataset pictures) => BatchSources.From(pictures.Count, rows =>
    {
        var batch = pictures.Read([.. rows.ToArray<int>()]);
        return batch with { Input = batch.Input.Roll(4, -1) };
    });

    private static void Fit(Module<Tensor, Tensor> model, IBatchSource<Labeled> train, TrainingOptions options) =>
        new Trainer<Labeled>(new Classification(model), train, options: options).Fit();
}
