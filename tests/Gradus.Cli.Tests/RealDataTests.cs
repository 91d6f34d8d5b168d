namespace Gradus.Cli.Tests;

public sealed class RealDataTests
{
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
        Assert.Equal((55_000, 5000, 10_000), (trained.Json[0].GetProperty("train").GetInt32(), trained.Json[0].GetProperty("valid").GetInt32(), trained.Json[0].GetProperty("test").GetInt32()));
        Assert.InRange(trained.LastJson.GetProperty("test_accuracy").GetDouble(), 0.85, 0.97);
        Assert.Equal(trained.LastJson.GetProperty("test_accuracy").GetDouble(), evaluated.GetProperty("accuracy").GetDouble());
        Assert.Equal(10_000, predicted.Lines.Length);
        Assert.StartsWith("sample 0: 7 ", predicted.Lines[0]);
    }
}
