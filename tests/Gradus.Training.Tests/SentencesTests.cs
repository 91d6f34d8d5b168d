namespace Gradus.Training.Tests;

public sealed class SentencesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mlp:16")]
    [InlineData("lstm:16")]
    [InlineData("gru:16")]
    [InlineData("transformer:1,2,16")]
    public void What_sentences_say_is_learnt_by_every_model_that_reads_them(string spec)
    {
        // given
        var (model, data) = Make.Sentences(_folder, spec, rows: 400);

        // when
        var done = (TrainingDone)new Trainer(model.Network, data, new TrainingOptions { Epochs = 12, BatchSize = 16, LearningRate = 0.01 }).Run().Last();

        // then
        Assert.True(done.Test!.Accuracy >= 0.95, $"{done.Test}");
    }

    [Theory]
    [InlineData("mlp", 0, 0.75)]
    [InlineData("lstm:16", 0.95, 1)]
    [InlineData("gru:16", 0.95, 1)]
    public void A_word_that_turns_another_round_needs_a_network_that_puts_them_together(string spec, double least, double most)
    {
        // given
        var (model, data) = Make.Sentences(_folder, spec, rows: 600, order: true);

        // when
        var done = (TrainingDone)new Trainer(model.Network, data, new TrainingOptions { Epochs = 15, BatchSize = 16, LearningRate = 0.01 }).Run().Last();

        // then: a linear model of the words' mean knows no pair of words
        Assert.InRange(done.Test!.Accuracy!.Value, least, most);
    }

    [Fact]
    public void The_hardest_sentences_are_told_in_the_words_that_the_model_knows()
    {
        // given
        var (model, data) = Make.Sentences(_folder, "mlp", rows: 60);
        var words = model.Record.ReadTable()!.Words!;

        // when
        var worst = RunEvaluation.Of(model, data)!.Worst;

        // then
        Assert.All(worst, static sample => Assert.Null(sample.Cells));
        Assert.All(worst, sample => Assert.All(sample.Text!.Split(' '), word => Assert.True(word == "(unknown)" || words.Words.Contains(word), word)));
        Assert.All(worst, static sample => Assert.NotNull(sample.Actual));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("gru:4")]
    public void The_share_that_is_dropped_by_default_is_in_the_record_and_gives_the_same_file_when_it_is_named(string word)
    {
        // given
        var (model, _) = Make.Sentences(_folder, word, rows: 60);

        // when
        var (again, _) = Make.Sentences(_folder, word, rows: 60, dropout: 0.2);

        // then
        Assert.Equal(0.2, model.Record.Dropout);
        Assert.Equal(model.Record.ToJson(), again.Record.ToJson());
    }

    [Fact]
    public void A_model_of_sentences_is_saved_and_needs_no_option_to_read_others()
    {
        // given
        var (model, data) = Make.Sentences(_folder, "gru:4", rows: 60);
        using (var file = File.Create(_folder["m.safetensors"])) model.Save(file);
        var source = DataSource.Parse("csv:" + _folder["reviews.csv"], null);

        // when
        var loaded = TrainedModel.Load(_folder["m.safetensors"]);

        // then
        Assert.Equal("review", loaded.TextColumn);
        Assert.Equal(Evaluation.Of(model.Network, data.Test).Loss, Evaluation.Of(loaded.Network, loaded.LoadSplit(source).Test).Loss);
        Assert.Contains("GruSentenceClassifier", loaded.Summary().ToString());
        Assert.Equal("xor: its samples are rows of a table [2]; the model takes sentences [10].",
            Assert.Throws<InvalidDataException>(() => loaded.LoadSplit(Make.Xor)).Message);
    }

    [Theory]
    [InlineData("cnn", "pictures of at least 4 × 4")]
    [InlineData("gpt:1,1,4,10", "text in windows of 10")]
    [InlineData("autoencoder", "tables, sequences or pictures")]
    [InlineData("resnet20", "pictures")]
    public void A_model_that_reads_no_sentences_says_what_it_takes(string spec, string takes)
    {
        // when
        var exception = Assert.Throws<FormatException>(() => Make.Sentences(_folder, spec, rows: 60));

        // then
        Assert.EndsWith($" takes {takes}; these data are sentences [10].", exception.Message);
    }

    [Fact]
    public void Sentences_without_a_column_and_with_a_window_are_refused()
    {
        // given
        var source = DataSource.Parse("csv:" + _folder.Write("reviews.csv", Make.Reviews(30, order: false)), null);

        // then
        string Refused(DataOptions options) => Assert.Throws<FormatException>(() => LoadedData.Load(source, options)).Message;
        Assert.Equal("MaxWords is for sentences: say in which column they are with Text.", Refused(new() { MaxWords = 3 }));
        Assert.Equal("Length is for sentences: say in which column they are with Text.", Refused(new() { Length = 3 }));
        Assert.StartsWith("Text and Window exclude each other", Refused(new() { Text = "review", Window = 3 }));
        Assert.Equal("data 'xor': Text is for tables only.",
            Assert.Throws<FormatException>(() => LoadedData.Load(Make.Xor, new() { Text = "review" })).Message);
    }
}
