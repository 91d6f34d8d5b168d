using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests;

/// <summary>Language models from a text file to what they write.</summary>
public sealed class TextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_is_learnt_in_random_windows_and_validated_about_ten_times()
    {
        // given
        var (model, data) = Prepare("gpt:1,2,16,8");

        // when
        var events = new Trainer(model.Network, data, new TrainingOptions { Steps = 25, BatchSize = 4, LearningRate = 0.01 }).Run().ToArray();

        // then
        var start = Assert.IsType<TrainingStarted>(events[0]);
        Assert.Equal((1080, 25L, 3), (start.Samples, start.Steps, start.StepsPerEpoch));
        Assert.All(events.OfType<StepDone>(), static step => Assert.Equal(4 * 8, step.Samples));
        Assert.Equal([3, 6, 9, 12, 15, 18, 21, 24, 25], events.OfType<EpochDone>().Select(static epoch => epoch.Step));
        Assert.All(
            events.OfType<EpochDone>(),
            static epoch => Assert.True(epoch.Validation is { Accuracy: null, RootMeanSquaredError: null, Confusion: null }));
        var done = Assert.IsType<TrainingDone>(events[^1]);
        Assert.Null(done.Test);
        Assert.Equal(events.OfType<EpochDone>().Min(static epoch => epoch.Validation!.Loss), done.Validation!.Loss);
        Assert.Equal(done.Validation.Loss, Evaluation.Of(model.Network, data.Validation).Loss);
        Assert.Equal(events.OfType<EpochDone>().Last(static epoch => epoch.IsBest).Step, done.BestStep);
    }

    [Theory]
    [InlineData(null, 2, 33)]
    [InlineData(8000L, 1, 500)]
    public void Passes_have_as_many_characters_as_the_text_and_no_run_goes_long_without_a_validation(long? steps, int epochs, int stepsPerEpoch)
    {
        // given
        var (model, data) = Prepare("gpt:1,1,4,8");

        // when
        var start = new Trainer(model.Network, data, new TrainingOptions { Steps = steps, Epochs = epochs, BatchSize = 4 }).Run().First();

        // then
        Assert.Equal(new TrainingStarted(model.Network.Parameters().Sum(static parameter => parameter.Shape.ElementCount), 1080, steps ?? 66, stepsPerEpoch),
            start);
    }

    [Theory]
    [InlineData("gpt:1,2,16,8")]
    [InlineData("lstm:16")]
    [InlineData("gru:16")]
    public void A_model_that_has_learnt_a_text_writes_it(string word)
    {
        // given
        var (model, data) = Prepare(word);
        var events = new Trainer(model.Network, data, new TrainingOptions { Steps = 150, BatchSize = 16, LearningRate = 0.02 }).Run().ToArray();
        var path = _folder["m.safetensors"];

        // when
        model.Save(path);
        var loaded = TrainedModel.Load(path);

        // then: of one sentence again and again all but its beginning can be told
        Assert.InRange(events.OfType<EpochDone>().Last().Validation!.Loss, 0, 0.3);
        Assert.Equal(" big foxes. my cat hunts big foxes. my cat h",
            string.Concat(loaded.Sample("my cat hunts", new SamplingOptions { Temperature = 0 }).Take(44)));
        Assert.Equal(Evaluation.Of(model.Network, data.Validation).Loss, Evaluation.Of(loaded.Network, loaded.LoadSplit(Source()).Validation).Loss);
        Assert.Equal(model.Sample("m", new SamplingOptions { Seed = 3, Temperature = 2 }).Take(50),
            loaded.Sample("m", new SamplingOptions { Seed = 3, Temperature = 2 }).Take(50));
    }

    [Theory]
    [InlineData("gpt:1,2,16,8")]
    [InlineData("lstm:16")]
    [InlineData("gru:16")]
    public void A_model_of_learned_tokens_keeps_them_and_tells_its_loss_by_the_byte(string word)
    {
        // given
        var options = new DataOptions { Context = 8, VocabularySize = 270 };
        var loaded = LoadedData.Load(Source(), options);
        var (model, data) = TrainedModel.Prepare(ModelSpec.Parse(word), Source(), options, loaded);
        var trainer = new Trainer(model.Network, data, new TrainingOptions { Steps = 100, BatchSize = 16, LearningRate = 0.02 });
        var done = trainer.Run().OfType<TrainingDone>().Single();
        var path = _folder["m.safetensors"];

        // when
        model.Save(path);
        var read = TrainedModel.Load(path);
        var evaluation = Evaluation.Of(read.Network, read.LoadSplit(Source()).Validation);

        // then
        Assert.Null(read.Vocabulary);
        Assert.Equal(270, read.Tokenizer!.Count);
        Assert.Equal(done.Validation!.BitsPerByte, evaluation.BitsPerByte);
        Assert.Equal(evaluation.Loss / Math.Log(2) / data.Validation.BytesPerToken, evaluation.BitsPerByte);
        Assert.StartsWith(" big foxes. my cat hunts big", string.Concat(read.Sample("my cat hunts", new SamplingOptions { Temperature = 0 }).Take(40)));
        Assert.Contains("tokenizer has 270 tokens, its network 300", Assert.Throws<InvalidDataException>(
            () => (read.Record with { Outputs = 300 }).ReadTokenizer()).Message);
        Assert.Throws<InvalidDataException>(() => ModelRecord.FromJson((read.Record with { ClassNames = ["a"], Outputs = 1 }).ToJson()));
        Assert.Throws<InvalidDataException>(() => ModelRecord.FromJson((read.Record with { Data = "xor" }).ToJson()));
    }

    [Fact]
    public void Losses_of_two_parts_of_a_text_come_together_by_the_byte()
    {
        // given
        var (first, second) = (Evaluation.OfText(1.5, 2), Evaluation.OfText(3, 4));

        // when: twice as many tokens of 2 bytes as of 4
        var both = Evaluation.Merge([(first, 20), (second, 10)]);

        // then
        Assert.Equal(2, both.Loss, 12);
        Assert.Null(both.RootMeanSquaredError);
        Assert.Equal(60 / Math.Log(2) / 80, both.BitsPerByte!.Value, 12);
    }

    [Fact]
    public void Equal_seeds_learn_alike_and_a_window_s_loss_does_not_depend_on_its_batch()
    {
        // given
        var options = new TrainingOptions { Steps = 5, BatchSize = 4, Seed = 7 };
        var ((first, data), (second, _)) = (Prepare("gpt:1,2,16,8"), Prepare("gpt:1,2,16,8"));

        // when
        _ = new Trainer(first.Network, data, options).Run().Last();
        _ = new Trainer(second.Network, data, options).Run().Last();

        // then
        Assert.Equal(Make.Weights(first), Make.Weights(second));
        Assert.Equal(Evaluation.Of(first.Network, data.Validation).Loss, Evaluation.Of(first.Network, data.Validation, batchSize: 3).Loss);
    }

    [Fact]
    public void Data_and_models_that_do_not_belong_together_are_refused()
    {
        // given
        var (text, _) = Prepare("gpt:1,1,4,8");
        var other = DataSource.Parse("text:" + _folder.Write("other.txt", string.Concat(Enumerable.Repeat("the dog! ", 50))), null);
        var loaded = LoadedData.Load(Source(), new DataOptions { Context = 8 });

        // then
        Assert.Contains("byte 4: 'd' is not among", Assert.Throws<InvalidDataException>(() => text.LoadSplit(other)).Message);
        Assert.Contains("trained on text; it cannot read xor", Assert.Throws<InvalidDataException>(() => text.LoadSplit(Make.Xor)).Message);
        Assert.Contains("trained on xor; it cannot read text:", Assert.Throws<InvalidDataException>(() => Make.Untrained().Model.LoadSplit(Source())).Message);
        Assert.Contains("trained on xor; only a model", Assert.Throws<GradusException>(() => Make.Untrained().Model.Sample("a")).Message);
        Assert.Contains("'d' is not among the characters that are known:  .abcefghimnostuxy", Assert.Throws<FormatException>(() => text.Sample("dog")).Message);
        Assert.Contains("empty", Assert.Throws<FormatException>(() => text.Sample("")).Message);
        foreach (var word in new[] { "mlp:8", "cnn", "gpt:1,1,4,9" })
        {
            Assert.Contains("these data are text [8]",
                Assert.Throws<FormatException>(() => TrainedModel.Prepare(ModelSpec.Parse(word), Source(), new DataOptions(), loaded)).Message);
        }

        Assert.Throws<FormatException>(() => LoadedData.Load(Source(), new DataOptions { TestShare = 0.1 }));
        Assert.Contains("takes text in windows of 8", Assert.Throws<FormatException>(() => Make.Untrained("gpt:1,1,4,8")).Message);
    }

    [Theory]
    [InlineData("\"class_names\":[\"a\",\"b\"]", "\"class_names\":[\"a\",\"bc\"]")]
    [InlineData(",\"class_names\":[\"a\",\"b\"]", "")]
    [InlineData("\"input_shape\":[8]", "\"input_shape\":[8,1]")]
    public void A_record_of_a_language_model_that_cannot_be_is_refused(string part, string replacement)
    {
        // given
        const string record = """{"gradus":"0.1.0","model":"gpt:1,1,4,8","input_shape":[8],"outputs":2,"class_names":["a","b"],"input_mean":0,"input_deviation":1,"data":"text","split":{"seed":0}}""";

        // then
        Assert.Equal(record, ModelRecord.FromJson(record).ToJson());
        Assert.Throws<InvalidDataException>(() => ModelRecord.FromJson(record.Replace(part, replacement, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("gpt:4,4,128", "got 3 sizes instead of the four LAYERS,HEADS,WIDTH,CONTEXT; expected a word such as gpt:4,4,128,64")]
    [InlineData("gpt:4,3,128,64", "3 heads do not divide a width of 128")]
    [InlineData("gpt:1001,1,1,1", "1001 layers are more than 1000")]
    public void A_word_that_makes_no_transformer_is_refused(string word, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => ModelSpec.Parse(word)).Message);

    [Fact]
    public void A_transformer_too_large_is_refused_before_memory_is_taken_for_it()
    {
        // given
        var data = new ModelData(DataForm.Text, [1 << 20], 5);

        // when
        var exception = Assert.Throws<FormatException>(() => ModelSpec.Parse("gpt:1000,1,1048576,1048576").Build(data));

        // then
        Assert.Contains("at most 268,435,456 are allowed", exception.Message);
    }

    private DataSource Source() => DataSource.Parse("text:" + _folder.Write("t.txt", string.Concat(Enumerable.Repeat("my cat hunts big foxes. ", 50))), null);

    private (TrainedModel Model, DataSplit Data) Prepare(string word)
    {
        var options = new DataOptions { Context = 8 };
        return TrainedModel.Prepare(ModelSpec.Parse(word), Source(), options, LoadedData.Load(Source(), options));
    }
}
