namespace Gradus.Training.Tests.Runs;

/// <summary>What a run says of itself in its folder.</summary>
public sealed class RunRecordTests
{
    [Fact]
    public void A_run_is_read_from_its_folder()
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["a"], """{"data":"xor","lr":0.001,"freeze":["0.*","1.*"],"audit":true}""", 2);

        // when
        var record = RunRecord.Open(folder["a"]);
        var curves = record.ReadCurves();

        // then
        Assert.Equal(("a", RunStatus.Done, 20L, 20L, 160L), (record.Name, record.Status, record.Steps, record.LastStep, record.Samples));
        Assert.Equal([new("data", "xor"), new("lr", "0.001"), new("freeze", "0.*,1.*"), new("audit", "true")], record.Options);
        Assert.Equal(record.LastLoss, curves.Losses[^1]);
        Assert.Equal(["train_loss", "valid_loss", "valid_accuracy", "test_loss", "test_accuracy"], record.Figures.Keys);
        Assert.Equal(Enumerable.Range(1, 20).Select(static step => (long)step), curves.Steps);
        Assert.Equal([9, 19], curves.GradientNorms.Index().Where(static norm => double.IsFinite(norm.Item)).Select(static norm => norm.Index));
        Assert.Equal([10L, 20L], curves.Epochs.Select(static epoch => epoch.Step));
        Assert.All(curves.LearningRates, static rate => Assert.InRange(rate, 0, 0.001));
    }

    [Fact]
    public void Runs_are_found_in_the_folders_below()
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["runs/b"], "{}", 1);
        Record(folder["runs/more/a"], "{}", 1);
        Directory.CreateDirectory(folder["runs/none"]);

        // then
        Assert.Equal(["b", "a"], RunRecord.Find(folder["runs"]).Select(static path => RunRecord.Open(path).Name));
        Assert.Empty(RunRecord.Find(folder["nothing"]));
        Assert.Throws<FileNotFoundException>(() => RunRecord.Open(folder["runs/none"]));
    }

    [Fact]
    public void The_curves_of_lines_that_are_read_fast_are_those_of_events_that_are_parsed()
    {
        // given: lines longer than a buffer, in another order, and with what is not finite
        using var folder = new TemporaryFolder();
        Record(folder["a"], "{}", 2);
        File.AppendAllText(folder["a/events.jsonl"], $$"""
            {"event":"step","step":21,"loss":null,"lr":1E-3,"gradient_norm":null}
            {"lr":0.5,"loss":2,"event":"step","step":22}
            {"event":"doctor","epoch":1,"step":22,"findings":[],"more":"{{new string('x', 200_000)}}"}
            {"event":"step","step":23,"loss":3,"lr":0.25,"more":{"step":7} }

            """);

        // when
        var record = RunRecord.Open(folder["a"]);
        var (curves, events) = (record.ReadCurves(), record.ReadEvents().ToArray());

        // then
        var steps = events.Where(static happened => happened.Name == "step").ToArray();
        Assert.Equal(steps.Select(static step => (long)step["step"]), curves.Steps);
        Assert.Equal(steps.Select(static step => step["loss"]), curves.Losses);
        Assert.Equal(steps.Select(static step => step["lr"]), curves.LearningRates);
        Assert.Equal(steps.Select(static step => step["gradient_norm"]), curves.GradientNorms);
        Assert.Equal([21L, 22, 23], curves.Steps.TakeLast(3));
        Assert.Equal(events.Where(static happened => happened.Name != "step").Select(static happened => happened.Name),
            curves.OtherEvents.Select(static happened => happened.Name));
    }

    [Fact]
    public void A_run_keeps_the_environment_it_was_begun_in_and_nothing_private()
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["a"], "{}", 1);

        // when
        var environment = RunRecord.Open(folder["a"]).ReadEnvironment();

        // then
        Assert.Equal(RunEnvironment.Capture(), environment);
        var text = File.ReadAllText(folder["a/environment.json"]);
        foreach (var secret in (string[])[Environment.MachineName, folder["a"], Environment.CurrentDirectory]) Assert.DoesNotContain(secret, text);
        File.WriteAllText(folder["a/environment.json"], text.Replace("\"version\": 1", "\"version\": 2"));
        Assert.EndsWith("it has version 2; this Gradus reads version 1.",
            Assert.Throws<InvalidDataException>(() => RunEnvironment.Read(folder["a"])).Message);
    }

    [Fact]
    public void A_run_that_was_killed_is_unfinished_and_its_last_line_may_be_cut()
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["a"], "{}", 1);
        var events = File.ReadAllText(folder["a/events.jsonl"]);
        File.WriteAllText(folder["a/events.jsonl"], events[..(events.IndexOf("\"step\":7,", StringComparison.Ordinal) + 12)]);

        // when
        var record = RunRecord.Open(folder["a"]);

        // then
        Assert.Equal((RunStatus.Unfinished, 6L), (record.Status, record.LastStep));
        Assert.Equal(6, record.ReadCurves().Steps.Count);
        File.AppendAllText(folder["a/events.jsonl"], "\n{}\n");
        Assert.Contains("line 8 is no event", Assert.Throws<InvalidDataException>(() => record.ReadCurves()).Message);
        File.WriteAllText(folder["a/run.json"], "[]");
        Assert.Contains("run.json: it cannot be read", Assert.Throws<InvalidDataException>(() => RunRecord.Open(folder["a"])).Message);
    }

    [Fact]
    public void A_link_that_leads_back_is_not_followed()
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["runs/a"], "{}", 1);
        foreach (var name in (string[])["b", "c", "d"]) Directory.CreateSymbolicLink(folder[$"runs/{name}"], folder["runs"]);

        // then
        Assert.Equal([folder["runs/a"]], RunRecord.Find(folder["runs"]));
    }

    [Theory]
    [InlineData("""{"event":"step","\ud800":1}""")]
    [InlineData("""{"event":"data","target":"\ud800"}""")]
    [InlineData("""{"event":"data","notes":[{"a":{"\ud800":1}}]}""")]
    public void A_line_whose_texts_are_none_is_no_event(string line)
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["a"], "{}", 1);
        var record = RunRecord.Open(folder["a"]);

        // when
        File.AppendAllText(record.EventsPath, line + "\n{\"event\":\"x\"}\n");

        // then
        Assert.Null(RunEvent.Parse(line));
        Assert.Contains("is no event", Assert.Throws<InvalidDataException>(record.ReadCurves).Message);
        Assert.StartsWith(record.EventsPath, Assert.Throws<InvalidDataException>(() => record.ReadEvents().Last()).Message);
    }

    [Theory]
    [InlineData(30_000, 0)]
    [InlineData(1, 70_000)]
    [InlineData(20_000, 2_000_000)]
    public void The_last_step_and_epoch_are_found_however_much_follows(int steps, int examination)
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["a"], "{}", 1);
        var more = Enumerable.Range(11, steps).Select(static step => FormattableString.Invariant($$"""{"event":"step","step":{{step}},"loss":0.5,"lr":0.1}"""));
        File.AppendAllLines(folder["a/events.jsonl"], more);
        if (examination > 0) File.AppendAllText(folder["a/events.jsonl"], $$"""{"event":"doctor","text":"{{new string('x', examination)}}"}""" + "\n");

        // when
        var record = RunRecord.Open(folder["a"]);

        // then
        Assert.Equal((10L + steps, 0.5, RunStatus.Unfinished), (record.LastStep, record.LastLoss, record.Status));
        Assert.True(record.Figures.ContainsKey("valid_loss") && double.IsFinite(record.Seconds), $"{record}");
    }

    private static void Record(string path, string recipe, int epochs)
    {
        var (model, data) = Make.Untrained();
        using var run = RunFolder.Create(path, recipe);
        _ = run.Record(new Trainer(model.Network, data, new TrainingOptions { Epochs = epochs, BatchSize = 16, GradientNormEvery = 10 })).Last();
    }
}
