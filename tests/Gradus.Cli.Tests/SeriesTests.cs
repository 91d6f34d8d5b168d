using System.Globalization;

namespace Gradus.Cli.Tests;

/// <summary>Time series: windows of past rows, and the value that comes after them.</summary>
public sealed class SeriesTests
{
    [Theory]
    [InlineData("airline-passengers.csv", "Passengers")]
    [InlineData("daily-min-temperatures.csv", "Temp")]
    [InlineData("monthly-sunspots.csv", "Sunspots")]
    public void A_real_series_is_forecast_better_than_by_its_last_value(string file, string target)
    {
        // given
        var path = SharedData.Find("timeseries", file);
        using var work = new Workplace();

        // when
        var lines = work.Run("train", $"csv:{path}", "--target", target, "--window", "24", "--horizon", "1", "--out", "o", "--json").Done().Json;

        // then
        Assert.True(lines[^1].GetProperty("test_rmse").GetDouble() < 0.95 * lines[0].GetProperty("test_persistence_rmse").GetDouble());
    }

    [Fact]
    public void A_series_is_trained_evaluated_and_forecast()
    {
        // given
        using var work = new Workplace();
        work.Write("wave.csv", "day,load,heat\n" + string.Concat(Enumerable.Range(0, 200).Select(static row => string.Create(
            CultureInfo.InvariantCulture,
            $"{new DateTime(2020, 1, 1).AddDays(row):yyyy-MM-dd},{100 + (10 * Math.Sin(row * 0.5)):0.000},{Math.Cos(row * 0.5):0.000}\n"))));
        string[] train = ["train", "csv:wave.csv", "--target", "load", "--window", "8", "--horizon", "3", "--epochs", "20"];

        // when
        var shown = work.Run([.. train, "--out", "o"]).Done();
        var trained = work.Run([.. train, "--model", "lstm:8", "--out", "p", "--json"]).Done().Json;
        var evaluated = work.Run("evaluate", "o/model.safetensors", "csv:wave.csv").Done();
        var json = work.Run("evaluate", "p/model.safetensors", "csv:wave.csv", "--json").Done().LastJson;
        var forecast = work.Run("predict", "o/model.safetensors", "csv:wave.csv", "--json").Done().Json;

        // then
        Assert.Matches(@"to beat: RMSE 9\.\d+ on the test samples, by persistence \(the last value again\)", shown.Output);
        Assert.Matches(@"test, 19 samples: loss 0\.0\d+, RMSE [0-3]\.\d+ \(persistence: RMSE 9\.\d+\)", evaluated.Output);
        Assert.Equal(trained[^1].GetProperty("test_rmse").GetDouble(), json.GetProperty("rmse").GetDouble());
        Assert.Equal(trained[0].GetProperty("test_persistence_rmse").GetDouble(), json.GetProperty("persistence_rmse").GetDouble(), 1e-6);
        // The last lines are those whose value nobody knows yet.
        Assert.Equal((9, 201), (forecast[0].GetProperty("line").GetInt32(), forecast[^1].GetProperty("line").GetInt32()));
        Assert.Equal(100 + (10 * Math.Sin(202 * 0.5)), forecast[^1].GetProperty("value").GetDouble(), 3.0);
    }

    [Fact]
    public void A_horizon_without_a_window_is_refused()
    {
        using var work = new Workplace();
        work.WriteTable("t.csv", 30, regress: true);

        work.Run("train", "csv:t.csv", "--horizon", "2").Failed(2, "--horizon is for windows of a time series: say how long with --window.");
        work.Run("train", "xor", "--window", "2").Failed(2, "--window is for tables only.");
    }
}
