using System.Text.Json;
using Gradus.Formats;

namespace Gradus.Cli.Tests;

public sealed class TrainTests(Models models)
{
    [Fact]
    public void A_run_writes_a_model_its_settings_and_its_events_to_a_fresh_folder()
    {
        // given
        using var work = new Workplace();
        Directory.CreateDirectory(work["runs/xor-001"]);

        // when
        var first = work.Run("train", "xor", "--steps", "3", "--json").Done();
        var second = work.Run("train", "xor", "--steps", "3", "--json").Done();

        // then
        Assert.Equal(
            [
                "runs", "runs/xor-001", "runs/xor-002", "runs/xor-002/environment.json", "runs/xor-002/evaluation.json", "runs/xor-002/events.jsonl",
                "runs/xor-002/model.safetensors", "runs/xor-002/report.html", "runs/xor-002/run.json",
                "runs/xor-003", "runs/xor-003/environment.json", "runs/xor-003/evaluation.json", "runs/xor-003/events.jsonl",
                "runs/xor-003/model.safetensors", "runs/xor-003/report.html", "runs/xor-003/run.json",
            ],
            work.Names.Where(static name => !name.Contains("/checkpoints", StringComparison.Ordinal)));
        Assert.Equal("runs/xor-002/model.safetensors", first.LastJson.GetProperty("model").GetString());
        Assert.Equal("runs/xor-003/model.safetensors", second.LastJson.GetProperty("model").GetString());
        var steps = File.ReadAllLines(work["runs/xor-002/events.jsonl"]).Where(static line => line.StartsWith("{\"event\":\"step\"", StringComparison.Ordinal));
        Assert.Equal(["1", "2", "3"], steps.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("step").GetRawText()));
        Assert.Equal(first.Lines, File.ReadAllLines(work["runs/xor-002/events.jsonl"]).Except(steps));
        var config = JsonDocument.Parse(File.ReadAllText(work["runs/xor-002/run.json"])).RootElement;
        Assert.Equal(
            ("xor", "mlp:64,32", 3), (config.GetProperty("data").GetString(), config.GetProperty("model").GetString(), config.GetProperty("steps").GetInt32()));
    }

    [Fact]
    public void Json_is_one_object_a_line_from_the_data_to_the_end()
    {
        // when
        var events = models.XorDone.Json;

        // then
        Assert.Equal(["data", "start", "epoch", "done"], events.Select(Name));
        Assert.Equal(
            (1600, 200, 200), (events[0].GetProperty("train").GetInt32(), events[0].GetProperty("valid").GetInt32(), events[0].GetProperty("test").GetInt32()));
        Assert.Equal(60, events[1].GetProperty("steps").GetInt32());
        Assert.Equal(
            ["event", "epoch", "step", "train_loss", "valid_loss", "valid_accuracy", "seconds"],
            events[2].EnumerateObject().Select(static member => member.Name));
        Assert.Equal(
            ["event", "best_epoch", "test_loss", "test_accuracy", "model", "seconds"], events[3].EnumerateObject().Select(static member => member.Name));
        Assert.InRange(events[3].GetProperty("test_accuracy").GetDouble(), 0.5, 1);
        Assert.InRange(events[2].GetProperty("train_loss").GetRawText().Length, 12, 24);
    }

    [Fact]
    public void A_regression_tells_its_error_in_the_target_s_units()
    {
        // when
        var done = models.ValuesDone.LastJson;

        // then
        Assert.InRange(done.GetProperty("test_rmse").GetDouble(), 1, 300);
        Assert.False(done.TryGetProperty("test_accuracy", out _));
        Assert.True(models.ValuesDone.Json[^2].TryGetProperty("valid_rmse", out _));
        Assert.Equal("y", models.ValuesDone.Json[0].GetProperty("target").GetString());
    }

    [Theory]
    [InlineData("fill", 20, 0)]
    [InlineData("drop", 0, 20)]
    public void Missing_values_are_counted(string missing, int filled, int dropped)
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 200);

        // when
        var json = work.Run("train", "csv:t.csv", "--steps", "2", "--missing", missing, "--json", "--out", "a").Done().Json[0];
        var text = work.Run("train", "csv:t.csv", "--steps", "2", "--missing", missing, "--out", "b").Done();

        // then
        Assert.Equal(
            (200, filled, dropped), (json.GetProperty("rows").GetInt32(), json.GetProperty("filled").GetInt32(), json.GetProperty("dropped").GetInt32()));
        Assert.Contains($"missing values: {filled} cells filled, {dropped} of 200 rows dropped", text.Output);
    }

    [Fact]
    public void A_missing_value_can_be_an_error()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 200);

        // when
        var result = work.Run("train", "csv:t.csv", "--missing", "error");

        // then
        result.Failed(1, "t.csv: line 5: column \"a\": a value is missing.");
        Assert.Equal(["t.csv"], work.Names);
    }

    [Fact]
    public void A_table_s_settings_are_kept()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 100);

        // when
        string[] reading = ["--target", "2", "--header", "yes", "--task", "classify", "--missing", "drop", "--delimiter", "comma", "--dates", "mdy"];
        work.Run(["train", "csv:t.csv", .. reading, "--steps", "2", "--out", "o"]).Done();

        // then
        var config = JsonDocument.Parse(File.ReadAllText(work["o/run.json"])).RootElement;
        string[] kept = ["data", "target", "task", "header", "missing", "delimiter", "dates"];
        Assert.Equal(["csv:t.csv", "2", "classify", "yes", "drop", "comma", "mdy"], kept.Select(name => config.GetProperty(name).GetString()!));
        Assert.Contains("\"blue\",\"red\"", SafeTensorsFile.Inspect(work["o/model.safetensors"]).Metadata["gradus"]);
    }

    [Fact]
    public void Without_validation_and_test_there_are_no_such_figures()
    {
        // given
        using var work = new Workplace();

        // when
        var events = work.Run("train", "xor", "--valid", "0", "--test", "0", "--steps", "2", "--batch-size", "1000000", "--json", "--out", "o").Done().Json;

        // then
        Assert.Equal(["event", "epoch", "step", "train_loss", "seconds"], events[2].EnumerateObject().Select(static member => member.Name));
        Assert.Equal(["event", "best_epoch", "model", "seconds"], events[^1].EnumerateObject().Select(static member => member.Name));
        Assert.Equal(2000, events[1].GetProperty("samples").GetInt32());
    }

    [Fact]
    public void Redirected_output_is_plain_lines()
    {
        // given
        using var work = new Workplace();

        // when
        var result = work.Run("train", "moons", "--epochs", "2", "--batch-size", "2147483647", "--out", "o").Done();

        // then
        Assert.Equal(7, result.Lines.Length);
        Assert.Matches(@"^epoch   2  train loss \d\.\d{4}  valid loss \d\.\d{4}, accuracy ", result.Lines[2]);
        Assert.Matches(@"^  how sure: calibration error \d+\.\d % → \d+\.\d % on 200 validation samples, at temperature ", result.Lines[^3]);
        Assert.Equal(["report o/report.html, and what next: gradus runs show o", "saved o/model.safetensors"], result.Lines[^2..]);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Fact]
    public void A_terminal_shows_a_dashboard_and_keeps_its_last_frame()
    {
        // given
        using var work = new Workplace();

        // when
        var result = Cli.RunInTerminal(["train", "moons", "--epochs", "2", "--out", "o"], work.Path).Done();
        var failed = Cli.RunInTerminal(["train", "moons", "--optimizer", "sgd", "--lr", "1e30", "--out", "p"], work.Path);

        // then
        Assert.Contains("━━━", result.Output);
        Assert.Contains("epoch   1  train loss", result.Output);
        Assert.Matches(@"epoch   2  train loss \d\.\d{4}  valid loss \d\.\d{4}, accuracy \d+\.\d\d %  \d\.\d s(  best)?(\e\[0m)? *\r\n", result.Output);
        Assert.EndsWith("saved o/model.safetensors\r\n", result.Output);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("gradus: epoch 1, batch", failed.Output);
    }

    [Fact]
    public async Task Runs_that_begin_together_get_a_folder_each()
    {
        // given
        using var work = new Workplace();

        // when
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => work.Run("train", "xor", "--steps", "1", "--json").Done())));

        // then
        Assert.Equal(4, results.Select(static result => result.LastJson.GetProperty("model").GetString()).Distinct().Count());
        Assert.Equal(4, Directory.GetDirectories(work["runs"]).Length);
    }

    [Theory]
    [InlineData(1, 129)]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    public void An_interrupted_run_saves_what_there_is(int signal, int exitCode)
    {
        // given
        using var work = new Workplace();

        // when
        var result = Cli.RunAndSignal(signal, ["train", "xor", "--epochs", "100000", "--json", "--out", "o"], work.Path, at: "\"epoch\":2,");

        // then
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Error));
        Assert.Equal("interrupted", Name(result.LastJson));
        Assert.Equal("o/model.safetensors", result.LastJson.GetProperty("model").GetString());
        Assert.Equal(
            [
                "o", "o/checkpoints", "o/environment.json", "o/evaluation.json", "o/events.jsonl", "o/model.safetensors", "o/report.html", "o/run.json",
            ],
            work.Names.Where(static name => !name.Contains("step-", StringComparison.Ordinal)));
        work.Run("evaluate", "o/model.safetensors", "xor").Done();
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public void A_reader_that_goes_away_leaves_no_stack_trace(params string[] options)
    {
        // given
        using var work = new Workplace();

        // when
        var result = Cli.RunIntoHead(["train", "xor", "--epochs", "20", "--out", "o", .. options], work.Path);

        // then
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("model.safetensors", Directory.EnumerateFiles(work["o"]).Select(Path.GetFileName));
    }

    private static string Name(JsonElement happened) => happened.GetProperty("event").GetString()!;
}
