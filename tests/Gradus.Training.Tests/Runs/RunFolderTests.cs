namespace Gradus.Training.Tests.Runs;

public sealed class RunFolderTests
{
    [Fact]
    public void A_run_writes_its_recipe_its_events_and_its_newest_checkpoints()
    {
        // given
        using var folder = new TemporaryFolder();

        // when
        using (var run = RunFolder.Create(folder["r"], "{}")) _ = run.Record(Trainer(), new CheckpointOptions { EverySteps = 3, Keep = 2 }).Last();

        // then
        Assert.Equal(
            [.. new[] { 3, 6, 9 }.Select(static step => $"checkpoints/step-{step:000000000}.safetensors"), "environment.json", "events.jsonl", "run.json"],
            Files(folder["r"]));
        var events = File.ReadAllLines(folder["r/events.jsonl"]);
        Assert.StartsWith("{\"event\":\"start\"", events[0]);
        Assert.Equal(10, events.Count(static line => line.StartsWith("{\"event\":\"step\"", StringComparison.Ordinal)));
        Assert.StartsWith("{\"event\":\"done\"", events[^1]);
    }

    [Fact]
    public void Older_checkpoints_stay_spread_over_the_run()
    {
        // given
        using var folder = new TemporaryFolder();
        var (model, data) = Make.Untrained();
        var trainer = new Trainer(model.Network, data, new TrainingOptions { Epochs = 4, BatchSize = 16 });

        // when
        using (var run = RunFolder.Create(folder["r"], "{}")) _ = run.Record(trainer, new CheckpointOptions { EverySteps = 1, Keep = 2, History = 4 }).Last();

        // then
        var steps = Files(folder["r/checkpoints"]).Select(static name => int.Parse(name[5..14], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal([39, 40], steps[^2..]);
        Assert.Equal(6, steps.Length);
        Assert.All(steps.Zip(steps[1..]), static pair => Assert.InRange(pair.Second - pair.First, 1, 20));
    }

    [Fact]
    public void A_run_that_was_broken_off_goes_on_from_its_last_checkpoint_and_its_events_are_those_of_a_whole_run()
    {
        // given: the enumeration is dropped after a step, as a process that is killed
        using var folder = new TemporaryFolder();
        using (var run = RunFolder.Create(folder["whole"], "{}")) _ = run.Record(Trainer()).Last();
        using (var run = RunFolder.Create(folder["r"], "{}"))
        {
            _ = run.Record(Trainer(), new CheckpointOptions { EverySteps = 3 }).First(static happened => happened is StepDone { Step: 8 });
        }

        // when
        var trainer = Trainer();
        using (var run = RunFolder.Resume(folder["r"], trainer, out var damaged))
        {
            Assert.Empty(damaged);
            _ = run.Record(trainer).Last();
        }

        // then
        Assert.Equal(Untimed(folder["whole/events.jsonl"]), Untimed(folder["r/events.jsonl"]));
    }

    [Fact]
    public void A_damaged_checkpoint_is_noticed_and_the_one_before_is_taken()
    {
        // given: a bit of the newest one is another
        using var folder = new TemporaryFolder();
        using (var run = RunFolder.Create(folder["r"], "{}"))
        {
            _ = run.Record(Trainer(), new CheckpointOptions { EverySteps = 3 }).First(static happened => happened is StepDone { Step: 8 });
        }

        var newest = folder["r/checkpoints/step-000000006.safetensors"];
        var bytes = File.ReadAllBytes(newest);
        bytes[^5] ^= 16;
        File.WriteAllBytes(newest, bytes);

        // when
        var trainer = Trainer();
        using var resumed = RunFolder.Resume(folder["r"], trainer, out var damaged);

        // then
        Assert.Contains("step-000000006.safetensors", Assert.Single(damaged));
        Assert.Equal(3, trainer.Capture().Progress.Step);
    }

    [Fact]
    public void What_was_made_at_the_end_goes_when_the_run_goes_on_and_damaged_checkpoints_are_put_aside()
    {
        // given: a model of a run that was interrupted, and two newest checkpoints that are damaged
        using var folder = new TemporaryFolder();
        using (var run = RunFolder.Create(folder["r"], "{}"))
        {
            _ = run.Record(Trainer(), new CheckpointOptions { EverySteps = 3, History = 0 }).First(static happened => happened is StepDone { Step: 8 });
        }

        File.WriteAllText(folder["r/model.safetensors"], "old");
        foreach (var step in (int[])[3, 6]) File.WriteAllText(folder[$"r/checkpoints/step-{step:000000000}.safetensors"], "damaged");
        File.WriteAllText(folder["r/checkpoints/step-000000007 (copy).safetensors"], "no checkpoint");

        // when
        var trainer = Trainer();
        using (var run = RunFolder.Resume(folder["r"], trainer, out var damaged))
        {
            Assert.Equal(2, damaged.Count);
            _ = run.Record(trainer, new CheckpointOptions { EverySteps = 4, History = 0, Keep = 1 }).First(static happened => happened is StepDone { Step: 5 });
        }

        // then
        Assert.False(File.Exists(folder["r/model.safetensors"]));
        Assert.Equal(
            ["step-000000003.safetensors.damaged", "step-000000004.safetensors", "step-000000006.safetensors.damaged", "step-000000007 (copy).safetensors"],
            Files(folder["r/checkpoints"]));
    }

    [Fact]
    public void An_examination_belongs_to_the_checkpoint_of_its_epoch()
    {
        // given: a run that is broken off after the first checkpoint of an epoch
        using var folder = new TemporaryFolder();
        using (var run = RunFolder.Create(folder["whole"], "{}")) _ = run.Record(Trainer(doctorEvery: 1)).Last();
        using (var run = RunFolder.Create(folder["r"], "{}")) _ = run.Record(Trainer(doctorEvery: 1)).First(static happened => happened is CheckpointSaved);

        // when
        var trainer = Trainer(doctorEvery: 1);
        using (var run = RunFolder.Resume(folder["r"], trainer, out _)) _ = run.Record(trainer).Last();

        // then
        Assert.Equal(Untimed(folder["whole/events.jsonl"]), Untimed(folder["r/events.jsonl"]));
    }

    [Fact]
    public void A_recipe_that_cannot_be_written_leaves_no_events_that_pass_for_a_run()
    {
        // given: a folder where the recipe belongs
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["r/run.json"]);

        // when, then
        Assert.Throws<IOException>(() => RunFolder.Create(folder["r"], "{}", overwrite: true));
        Assert.Empty(Files(folder["r"]));
    }

    [Fact]
    public void A_run_without_a_whole_checkpoint_begins_anew()
    {
        // given
        using var folder = new TemporaryFolder();
        using (var run = RunFolder.Create(folder["r"], "{}")) _ = run.Record(Trainer()).First(static happened => happened is StepDone);

        // when
        var trainer = Trainer();
        using (var run = RunFolder.Resume(folder["r"], trainer, out _, firstEvent: "first"))
        {
            _ = run.Record(trainer).First(static happened => happened is StepDone);
        }

        // then
        Assert.Equal("first", File.ReadAllLines(folder["r/events.jsonl"])[0]);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_told_and_the_run_goes_on()
    {
        // given: a file in the place of the folder stands for a disk that is full
        using var folder = new TemporaryFolder();
        using var run = RunFolder.Create(folder["r"], "{}");
        File.WriteAllText(folder["r/checkpoints"], "");

        // when
        var events = run.Record(Trainer(), new CheckpointOptions { EverySteps = 5 }).ToArray();

        // then
        Assert.Equal(2, events.Count(static happened => happened is CheckpointFailed));
        Assert.IsType<TrainingDone>(events[^1]);
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_taken_only_where_it_may_be_replaced()
    {
        // given
        using var folder = new TemporaryFolder();
        using (var run = RunFolder.Create(folder["r"], "old")) _ = run.Record(Trainer(), new CheckpointOptions { EverySteps = 3 }).Last();

        // when
        var exception = Assert.Throws<IOException>(() => RunFolder.Create(folder["r"], "new"));
        using (var run = RunFolder.Create(folder["r"], "new", overwrite: true)) run.Note("first");

        // then: it made no step, and takes back what it wrote
        Assert.EndsWith("there is a run in it already (run.json).", exception.Message);
        Assert.Empty(Files(folder["r"]));
    }

    [Fact]
    public void Two_runs_do_not_write_to_one_folder()
    {
        // given
        using var folder = new TemporaryFolder();
        using var first = RunFolder.Create(folder["r"], "{}");

        // then
        Assert.Throws<IOException>(() => RunFolder.Create(folder["r"], "{}", overwrite: true));
        Assert.Throws<IOException>(() => RunFolder.Resume(folder["r"], Trainer(), out _));
    }

    [Fact]
    public void A_link_in_the_place_of_the_events_is_not_followed()
    {
        // given
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["r"]);
        File.WriteAllText(folder["victim"], "precious");
        File.CreateSymbolicLink(folder["r/events.jsonl"], folder["victim"]);

        // when
        using (var run = RunFolder.Create(folder["r"], "{}", overwrite: true)) run.Note("line");

        // then
        Assert.Equal("precious", File.ReadAllText(folder["victim"]));
    }

    private static Trainer Trainer(int? doctorEvery = null)
    {
        var (model, data) = Make.Untrained();
        return new Trainer(model.Network, data, new TrainingOptions { Epochs = doctorEvery is null ? 1 : 3, BatchSize = 16, DoctorEvery = doctorEvery });
    }

    private static string[] Files(string directory) => [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static string[] Untimed(string path) =>
        [.. File.ReadAllLines(path).Select(static line => System.Text.RegularExpressions.Regex.Replace(line, "\"(seconds|model)\":[^,}]+", ""))];
}
