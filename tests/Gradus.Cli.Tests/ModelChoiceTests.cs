using System.Text;
using Gradus.Formats;

namespace Gradus.Cli.Tests;

/// <summary>train, evaluate, predict and inspect with each family of models.</summary>
public sealed class ModelChoiceTests(Models models)
{
    // 120 pictures of 28 × 28 to choose by, and as many to report on.
    private static readonly string[] Few = ["digits", "--valid", "0.01", "--test", "0.01", "--batch-size", "8"];

    [Theory]
    [InlineData("cnn", "cnn", "features.0.weight", 421_642)]
    [InlineData("lenet", "lenet", "classifier.1.weight", 61_706)]
    [InlineData("resnet20", "resnet20", "layer1.0.conv1.weight", 272_186)]
    [InlineData("lstm", "lstm:128", "rnn.weight_ih_l0", 82_186)]
    [InlineData("gru:16,2", "gru:16,2", "rnn.weight_hh_l1", 4_010)]
    [InlineData("transformer:1,2,8", "transformer:1,2,8", "encoder.layers.0.self_attn.in_proj_weight", 1_210)]
    public void A_classifier_of_any_family_is_trained_evaluated_predicted_and_inspected(string word, string normal, string tensor, int parameters)
    {
        // given
        using var work = new Workplace();

        // when
        var trained = work.Run(["train", .. Few, "--model", word, "--steps", "3", "--out", "o", "--json"]).Done();
        var evaluated = work.Run("evaluate", "o/model.safetensors", "digits", "--json").Done().LastJson;
        var predicted = work.Run("predict", "o/model.safetensors", "digits", "--json").Done();
        var inspected = work.Run("inspect", "o/model.safetensors", "--layers").Done();

        // then
        Assert.Equal(parameters, trained.Json[1].GetProperty("parameters").GetInt32());
        Assert.Equal(trained.LastJson.GetProperty("test_loss").GetDouble(), evaluated.GetProperty("loss").GetDouble());
        Assert.Equal(120, predicted.Json.Length);
        Assert.Equal(1, predicted.Json[0].GetProperty("probabilities").EnumerateObject().Sum(static share => share.Value.GetDouble()), 4);
        Assert.Contains($" {tensor} ", inspected.Output);
        Assert.Contains(FormattableString.Invariant($"\n{parameters:N0} parameters, "), inspected.Output);
        Assert.Contains($"\"model\":\"{normal}\"", inspected.Output);
    }

    [Fact]
    public void An_autoencoder_gives_back_pictures_and_shows_some()
    {
        // given
        using var work = new Workplace();

        // when
        var trained = work.Run(["train", .. Few, "--model", "autoencoder:32,8", "--steps", "300", "--out", "o", "--json"]).Done();
        var evaluated = work.Run("evaluate", "o/model.safetensors", "digits", "--json").Done().LastJson;
        var predicted = work.Run("predict", "o/model.safetensors", "digits", "--json").Done().Json;

        // then: the mean picture alone would be off by some 0.1
        var error = trained.LastJson.GetProperty("test_mse").GetDouble();
        Assert.InRange(error, 0.001, 0.09);
        Assert.Equal(error, trained.LastJson.GetProperty("test_loss").GetDouble(), 12);
        Assert.Equal(error, evaluated.GetProperty("mse").GetDouble());
        Assert.False(evaluated.TryGetProperty("accuracy", out _));
        Assert.Equal(error, predicted.Average(static sample => sample.GetProperty("mse").GetDouble()), 6);

        // 16 pictures of 28 × 28 above 16, two pixels between them
        var picture = File.ReadAllBytes(work["o/reconstructions.png"]);
        Assert.Equal("\u0089PNG\r\n\u001a\n", Encoding.Latin1.GetString(picture[..8]));
        Assert.Equal([0, 0, 478 / 256, 478 % 256, 0, 0, 0, 58, 8, 0], picture[16..26].Select(static value => (int)value));
    }

    [Fact]
    public void An_autoencoder_of_a_table_tells_which_rows_are_odd()
    {
        // given: a table of values, and a row beside all others
        using var work = new Workplace();
        work.WriteTable("t.csv", 300, regress: true);
        work.Write("new.csv", "a,b,color\n0.5,0.5,red\n50,-50,blue\n");

        // when
        var trained = work.Run("train", "csv:t.csv", "--model", "autoencoder:8,2", "--steps", "200", "--out", "o").Done();
        var evaluated = work.Run("evaluate", "o/model.safetensors", "csv:t.csv", "--split", "all").Done();
        var predicted = work.Run("predict", "o/model.safetensors", "csv:new.csv", "--json").Done().Json;
        var lines = work.Run("predict", "o/model.safetensors", "csv:new.csv").Done().Lines;

        // then
        Assert.StartsWith("all, 300 samples: loss ", evaluated.Lines[1]);
        Assert.DoesNotContain("in the units of", trained.Output);
        var (loss, error) = Test(trained.Lines.Single(static line => line.StartsWith("test loss ", StringComparison.Ordinal)));
        Assert.Equal(Math.Sqrt(loss), error, 1e-3);
        Assert.True(predicted[1].GetProperty("mse").GetDouble() > 100 * predicted[0].GetProperty("mse").GetDouble());
        Assert.Matches(@"^line 3: mean squared error \d", lines[1]);
        Assert.False(File.Exists(work["o/reconstructions.png"]));

        static (double Loss, double Error) Test(string line)
        {
            var words = line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            double Number(int word) => double.Parse(words[word], System.Globalization.CultureInfo.InvariantCulture);
            return (Number(2), Number(4));
        }
    }

    [Fact]
    public void The_layers_of_a_model_are_told_from_its_file_s_header()
    {
        // given
        using var work = new Workplace();
        SafeTensorsFile.Write(work["none.safetensors"], new Dictionary<string, Tensor> { ["x"] = Tensor.Ones([2]) });

        // when
        var told = work.Run("inspect", models.Xor, "--layers", "--json").Done().LastJson;
        var none = work.Run("inspect", "none.safetensors", "--layers");

        // then: 2 → 64 → 32 → 2
        Assert.Equal(
            ["", "0", "1", "2", "3", "4", "5"], told.GetProperty("layers").EnumerateArray().Select(static layer => layer.GetProperty("path").GetString()));
        Assert.Equal([1, 64], told.GetProperty("layers")[2].GetProperty("output").EnumerateArray().Select(static size => size.GetInt32()));
        Assert.Equal((192 + 2080 + 66, 128 + 2048 + 64), (told.GetProperty("parameters").GetInt32(), told.GetProperty("multiply_adds").GetInt32()));
        none.Failed(1, "none.safetensors: these are tensors, but not a model of Gradus");
    }

    [Theory]
    [InlineData("model 'cnn:3': it takes no sizes; expected cnn.", "--model", "cnn:3")]
    [InlineData("model 'lstm:0': '0' is not a size, a whole number from 1 to 1048576; expected a word such as lstm:128.", "--model", "lstm:0")]
    [InlineData("model 'lstm:8,65': 65 layers are more than 64; expected a word such as lstm:128.", "--model", "lstm:8,65")]
    [InlineData(
        "model 'transformer:2,4': got 2 of its three sizes, which are layers, heads and width; expected a word such as transformer:2,4,128.",
        "--model", "transformer:2,4")]
    [InlineData("model 'transformer:2,3,128': the width 128 must be even and a multiple of the 3 heads", "--model", "transformer:2,3,128")]
    [InlineData("model 'autoencoder:128,': '' is not a size", "--model", "autoencoder:128,")]
    [InlineData("model 'gru:8' takes sequences, pictures, sentences or text; these data are rows of a table [2].", "--model", "gru:8")]
    [InlineData("--schedule: 'round' is not one of cosine, onecycle, constant", "--schedule", "round")]
    public void A_wrong_choice_is_told_in_one_line(string message, params string[] options)
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run(["train", "xor", .. options]);

        // then
        result.Failed(2, message);
        Assert.Empty(work.Names);
    }
}
