using System.Text.Json;

namespace Gradus.Cli.Tests;

public sealed class AttributeTests(Models models)
{
    [Fact]
    public void A_digit_is_explained_by_every_method_that_applies_in_json_and_in_a_picture()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "digits", "--model", "mlp:24", "--steps", "60", "--out", "o").Done();

        // when
        var json = work.Run("attribute", "o/model.safetensors", "digits", "--sample", "7", "--json", "--svg", "seven.svg").Done().LastJson;
        var text = work.Run("attribute", "o/model.safetensors", "digits", "--sample", "7").Done();
        var predicted = work.Run("predict", "o/model.safetensors", "digits", "--json").Done().Json[7];

        // then
        var attributions = json.GetProperty("attributions");
        Assert.Equal(
            ["gradient", "gradient-times-input", "integrated-gradients", "smoothgrad", "occlusion"],
            attributions.EnumerateObject().Select(static method => method.Name));
        Assert.All(attributions.EnumerateObject(), static method => Assert.Equal(28 * 28, Flat(method.Value).Count()));
        Assert.Equal("7", json.GetProperty("label").GetString());
        Assert.Equal(predicted.GetProperty("class").GetString(), json.GetProperty("class").GetString());
        Assert.Equal(predicted.GetProperty("class").GetString(), json.GetProperty("explained").GetString());
        Assert.Equal(
            predicted.GetProperty("probabilities").GetProperty(json.GetProperty("class").GetString()!).GetDouble(),
            json.GetProperty("probability").GetDouble(), 1e-6);
        Assert.Equal(
            json.GetProperty("score").GetDouble() - json.GetProperty("baseline_score").GetDouble() + json.GetProperty("gap").GetDouble(),
            Flat(attributions.GetProperty("integrated-gradients")).Sum(), 1e-3);

        // what is as the baseline, the black page, has no share
        Assert.Equal(0, attributions.GetProperty("integrated-gradients")[0][0][0].GetDouble());
        Assert.Matches(@"^sample 7: \d \(0\.\d{4}\), labeled 7; explained: \d, score -?[\d.]+\n", text.Output);
        Assert.Matches(@"integrated gradients +-?[\d.E-]+ +[\d.E-]+ +-?[\d.E-]+ +\d+, \d+", text.Output);
        Assert.Contains("integrated gradients add up to", text.Output);
        Assert.Contains("explained: " + json.GetProperty("explained").GetString(), File.ReadAllText(work["seven.svg"]));
        Assert.Equal(7, File.ReadAllText(work["seven.svg"]).Split("class=\"panel\"").Length - 1);
    }

    [Fact]
    public void The_columns_of_a_table_are_explained_by_name_for_a_line_of_the_file()
    {
        // given
        using var work = new Workplace();

        // when
        var text = work.Run("attribute", models.Table, models.Classes, "--sample", "2", "--class", "no").Done();
        var json = work.Run("attribute", models.Table, models.Classes, "--json", "--method", "occlusion").Done().LastJson;
        var number = work.Run("attribute", models.Values, models.Numbers, "--method", "integrated-gradients", "--json").Done().LastJson;

        // then
        Assert.StartsWith("line 2: ", text.Output);
        Assert.Contains("; explained: no, score", text.Output);
        Assert.Matches(@"\n +a +-?[\d.]+ ", text.Output);
        Assert.Matches(@"\n +color = red +-?[\d.]+ ", text.Output);
        Assert.Equal(2, json.GetProperty("line").GetInt32());
        Assert.Equal(4, json.GetProperty("attributions").GetProperty("occlusion").GetArrayLength());
        Assert.False(json.TryGetProperty("gap", out _));
        Assert.Equal("y", number.GetProperty("explained").GetString());
        Assert.InRange(number.GetProperty("value").GetDouble(), 15_000, 26_000);
    }

    [Fact]
    public void Equal_calls_give_equal_lines_whatever_the_threads()
    {
        // given
        using var work = new Workplace();
        string[] args = ["attribute", models.Xor, "xor", "--json", "--seed", "5"];

        // then
        Assert.Equal(work.Run([.. args, "--threads", "1"]).Done().Output, work.Run([.. args, "--threads", "3"]).Done().Output);
        Assert.NotEqual(work.Run(args).Done().Output, work.Run("attribute", models.Xor, "xor", "--json").Done().Output);
    }

    [Fact]
    public void What_cannot_be_explained_is_told_in_one_line()
    {
        // given
        using var work = new Workplace();

        // then
        work.Run("attribute", models.Xor, "xor", "--sample", "100000").Failed(2, "--sample: 100000 is no test sample of xor; there are ");
        work.Run("attribute", models.Table, models.Classes, "--sample", "1").Failed(2, "--sample: line 1 of ");
        work.Run("attribute", models.Table, models.Classes, "--class", "maybe").Failed(2, "--class: 'maybe' is no class of the model. There are: no, yes.");
        work.Run("attribute", models.Values, models.Numbers, "--class", "no").Failed(2, "--class: this model gives a number, not classes. Leave it out.");
        work.Run("attribute", models.Xor, "xor", "--method", "grad-cam").Failed(2, "--method: grad-cam needs a convolutional network; this one is mlp:");
        work.Run("attribute", models.Xor, "xor", "--svg", "a.svg")
            .Failed(2, "--svg: the samples of this model are [2]; only pictures, [1 or 3, height, width], are drawn.");
        Assert.Empty(work.Names);
    }

    private static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];
}
