using System.Globalization;
using Gradus.Data;

namespace Gradus.Training.Tests;

public sealed class ModelSpecTests
{
    [Theory]
    [InlineData("mlp", "mlp")]
    [InlineData("mlp:8", "mlp:8")]
    [InlineData("mlp:512,256", "mlp:512,256")]
    [InlineData("mlp:008", "mlp:8")]
    [InlineData("cnn", "cnn")]
    [InlineData("lstm", "lstm:128")]
    [InlineData("gru:64,2", "gru:64,2")]
    [InlineData("transformer", "transformer:2,4,128")]
    [InlineData("autoencoder", "autoencoder:128,32")]
    [InlineData("table", "table:16,128,2")]
    [InlineData("table:8", "table:8,128,2")]
    public void A_word_is_read_and_written_in_its_normal_form(string word, string normal)
    {
        // when
        var spec = ModelSpec.Parse(word);

        // then
        Assert.Equal(normal, spec.Text);
        Assert.Equal(normal, ModelSpec.Parse(spec.Text).Text);
    }

    [Theory]
    [InlineData("mlp:8,4")]
    [InlineData("cnn")]
    [InlineData("lstm:8,2")]
    [InlineData("transformer:1,2,8")]
    public void Dropout_is_kept_with_the_architecture_and_draws_in_training_alone(string word)
    {
        // given
        using var folder = new TemporaryFolder();
        var source = DataSource.Parse("digits", directory: null);
        var loaded = new LoadedData(Digits.Generate(new() { TrainCount = 60, ValidationCount = 10, TestCount = 10 }));

        // when
        var (model, split) = TrainedModel.Prepare(ModelSpec.Parse(word).WithDropout(0.5), source, new DataOptions(), loaded);
        new Trainer(model.Network, split, new() { Epochs = 1 }).Fit();
        model.Save(folder["m"]);
        var again = TrainedModel.Load(folder["m"]);

        // then
        var input = split.Test.Read([0, 1]).Input;
        model.Network.Eval();
        Assert.Equal(0.5, again.Record.Dropout);
        Assert.Equal(model.Network.Forward(input).ToArray<float>(), again.Network.Forward(input).ToArray<float>());
        again.Network.Train();
        Assert.NotEqual(model.Network.Forward(input).ToArray<float>(), again.Network.Forward(input).ToArray<float>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("MLP:8")]
    [InlineData("vgg")]
    [InlineData("mlp:")]
    [InlineData("mlp:8,")]
    [InlineData("mlp:0")]
    [InlineData("mlp:-8")]
    [InlineData("mlp:1.5")]
    [InlineData("mlp: 8")]
    [InlineData("mlp:1048577")]
    [InlineData("mlp:99999999999999999999")]
    public void A_word_that_names_no_architecture_is_refused_with_one_that_does(string word)
    {
        // when
        var exception = Assert.Throws<FormatException>(() => ModelSpec.Parse(word));

        // then
        Assert.Contains($"model '{word}'", exception.Message);
        Assert.Contains("mlp:512,256", exception.Message);
    }

    [Fact]
    public void A_long_word_is_not_repeated_in_full()
    {
        // when
        var exception = Assert.Throws<FormatException>(() => ModelSpec.Parse("mlp:" + new string('9', 1_000_000)));
        var layers = Assert.Throws<FormatException>(() => ModelSpec.Parse("mlp:" + string.Join(',', Enumerable.Repeat(1, 2000))));

        // then
        Assert.InRange(exception.Message.Length, 1, 300);
        Assert.Contains("more than 1000 sizes", layers.Message);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("mlp:7")]
    [InlineData("mlp:16,8,4")]
    [InlineData("cnn")]
    [InlineData("lenet")]
    [InlineData("resnet20")]
    [InlineData("resnet18")]
    [InlineData("lstm:3,2")]
    [InlineData("gru:3")]
    [InlineData("transformer:2,1,4")]
    [InlineData("autoencoder:5,2")]
    public void The_numbers_of_a_network_are_counted_before_they_are_drawn(string word)
    {
        // given
        var network = ModelSpec.Parse(word).Build(ModelData.Of([2, 12, 13], 10));

        // when
        var count = ModelSpec.CountNumbers(network);

        // then
        Assert.Equal(network.State().Values.Sum(static tensor => tensor.Count), (long)count);
    }

    [Theory]
    [InlineData("mlp:1000000,1000000", 2)]
    [InlineData("mlp:1048576", 1 << 24)]
    [InlineData("lstm:1048576,64", 2)]
    [InlineData("transformer:64,1,1048576", 2)]
    [InlineData("autoencoder:1048576,1048576", 2)]
    public void A_network_too_large_is_refused_before_memory_is_taken_for_it(string word, int inputs)
    {
        // given
        var before = GC.GetTotalAllocatedBytes(precise: true);

        // when
        var exception = Assert.Throws<FormatException>(() =>
            ModelSpec.Parse(word).Build(ModelData.Of(word.StartsWith("mlp", StringComparison.Ordinal) ? [inputs] : [4, inputs], 2)));

        // then
        Assert.Contains("at most 268,435,456 are allowed", exception.Message);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 100_000_000);
    }

    [Theory]
    [InlineData("cnn", "pictures of at least 4 × 4", 5)]
    [InlineData("lenet", "pictures of at least 12 × 12", 1, 11, 12)]
    [InlineData("resnet20", "pictures", 7, 3)]
    [InlineData("transformer", "sequences, pictures or sentences", 4)]
    public void A_model_says_what_data_it_takes(string word, string takes, params int[] inputShape)
    {
        // when
        var exception = Assert.Throws<FormatException>(() => ModelSpec.Parse(word).Build(ModelData.Of(inputShape, 2)));

        // then
        Assert.Contains($" takes {takes}; these data are ", exception.Message);
        Assert.EndsWith($" [{string.Join(',', inputShape)}].", exception.Message);
    }

    [Fact]
    public void A_text_is_read_by_a_language_model()
    {
        // when
        var network = ModelSpec.Parse("gru:6").Build(new ModelData(DataForm.Text, [4], 5));

        // then
        Assert.Equal("[2,4,5]", network.Forward(Tensor.Zeros([2, 4], DType.Int64)).Shape.ToString());
    }

    [Fact]
    public void Words_do_not_depend_on_the_culture()
    {
        // given
        var culture = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = "~";
        odd.NumberFormat.NumberGroupSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = odd;

            // when
            var spec = ModelSpec.Parse("mlp:1024,512");

            // then
            Assert.Equal("mlp:1024,512", spec.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
