namespace Gradus.Cli.Tests;

public sealed class RealDataTests
{
    [Theory]
    [InlineData("iris.csv", "test_accuracy", 0.7, 1)]
    [InlineData("penguins.csv", "test_accuracy", 0.7, 1, "--target", "species")]
    [InlineData("winequality-red.csv", "test_rmse", 0.3, 0.9, "--target", "11", "--task", "regress")]
    public void A_real_table_is_learnt_evaluated_and_predicted(string file, string figure, double low, double high, params string[] options)
    {
        // given
        var path = SharedData.Find("tabular", file);
        using var work = new Workplace();

        // when
        var trained = work.Run(["train", "csv:" + path, "--model", "mlp:64,32", "--epochs", "20", "--lr", "0.01", "--json", "--out", "o", .. options]).Done();
        var evaluated = work.Run("evaluate", "o/model.safetensors", "csv:" + path, "--json").Done().LastJson;
        var predicted = work.Run("predict", "o/model.safetensors", "csv:" + path, "--json").Done();

        // then
        Assert.InRange(trained.LastJson.GetProperty(figure).GetDouble(), low, high);
        Assert.Equal(trained.LastJson.GetProperty(figure).GetDouble(), evaluated.GetProperty(figure["test_".Length..]).GetDouble());
        Assert.Equal(trained.Json[0].GetProperty("rows").GetInt32(), predicted.Lines.Length);
    }

    [Fact]
    public void Real_digits_are_learnt_evaluated_and_predicted()
    {
        // given
        var folder = SharedData.Find("mnist");
        using var work = new Workplace();

        // when
        var trained = work.Run("train", "mnist", "--data-dir", folder, "--model", "mlp:32", "--steps", "150", "--out", "o", "--json").Done();
        var evaluated = work.Run("evaluate", "o/model.safetensors", "mnist", "--data-dir", folder, "--json").Done().LastJson;
        var predicted = work.Run("predict", "o/model.safetensors", "mnist", "--data-dir", folder).Done();

        // then
        Assert.Equal(
            (55_000, 5000, 10_000),
            (trained.Json[0].GetProperty("train").GetInt32(), trained.Json[0].GetProperty("valid").GetInt32(), trained.Json[0].GetProperty("test").GetInt32()));
        Assert.InRange(trained.LastJson.GetProperty("test_accuracy").GetDouble(), 0.85, 0.97);
        Assert.Equal(trained.LastJson.GetProperty("test_accuracy").GetDouble(), evaluated.GetProperty("accuracy").GetDouble());
        Assert.Equal(10_000, predicted.Lines.Length);
        Assert.StartsWith("sample 0: 7 ", predicted.Lines[0]);
    }
}
