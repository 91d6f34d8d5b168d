using System.ComponentModel;
using System.Diagnostics;
using Gradus.Testing;

namespace Gradus.Cli.Tests;

/// <summary>Runs as TensorBoard shows them: while they are trained, and from their records.</summary>
public sealed class TensorBoardTests
{
    [Fact]
    public void A_training_writes_a_file_for_TensorBoard_beside_its_events_and_its_model_is_the_same()
    {
        // given
        using var work = new Workplace();

        // when
        work.Run("train", "digits", "--model", "cnn", "--steps", "12", "--test", "0.01", "--valid", "0.01", "--out", "plain").Done();
        work.Run("train", "digits", "--model", "cnn", "--steps", "12", "--test", "0.01", "--valid", "0.01", "--out", "a", "--tensorboard").Done();

        // then
        Assert.Equal(work.Hash("plain/model.safetensors"), work.Hash("a/model.safetensors"));
        Assert.Equal(File.ReadAllText(work["plain/run.json"]), File.ReadAllText(work["a/run.json"]));
        var values = BoardEvents.Values(FileIn(work["a"]));
        Assert.Equal(12, values.Count(static value => value.Tag == "step/loss"));
        Assert.Equal(8, values.Count(static value => value.Tag.StartsWith("data/", StringComparison.Ordinal) && value.Value.Message(4).Whole(1) == 28));
        Assert.Contains(values, static value => value.Tag.StartsWith("gradients/", StringComparison.Ordinal));
        Assert.DoesNotContain(Environment.MachineName, Path.GetFileName(FileIn(work["a"])), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_run_that_is_killed_and_taken_up_has_each_step_once()
    {
        // given
        using var work = new Workplace();
        string[] args = ["train", "xor", "--epochs", "60", "--checkpoint-every", "30", "--out", "r", "--tensorboard"];
        Cli.RunAndKill(args, work.Path, () => Directory.Exists(work["r/checkpoints"]) && Directory.EnumerateFiles(work["r/checkpoints"], "step-*").Any());

        // when
        work.Run("train", "--resume", "r", "--tensorboard").Done();

        // then
        var values = Directory.GetFiles(work["r"], "events.out.tfevents.*").Order(StringComparer.Ordinal).SelectMany(BoardEvents.Values).ToArray();
        var steps = values.Where(static one => one.Tag == "step/loss").Select(static one => one.Step);
        Assert.Equal(Enumerable.Range(1, 6000).Select(static step => (long)step), steps);
        Assert.Equal(60, values.Count(static one => one.Tag == "epoch/valid_loss"));
        Assert.Single(values, static one => one.Tag == "recipe");
    }

    [Fact]
    public void A_recorded_run_is_exported_with_its_graph_and_its_weights()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--steps", "12", "--out", "runs/a").Done();

        // when
        var result = work.Run("runs", "export", "a", "--tensorboard", "board/a").Done();
        var again = work.Run("runs", "export", "runs/a", "--tensorboard", "board/a", "--json").Done();

        // then
        var file = FileIn(work["board/a"]);
        Assert.Equal($"saved {Path.GetRelativePath(work.Path, file)}\n", result.Output);
        Assert.Equal(Path.GetRelativePath(work.Path, file), again.LastJson.GetProperty("saved").GetString());
        var values = BoardEvents.Values(file);
        Assert.Equal(12, values.Count(static value => value.Tag == "step/loss"));
        Assert.Contains(values, static value => value.Tag == "weights/1.weight");
        var graph = BoardEvents.Read(file).Single(static one => one.Has(4)).Message(4);
        Assert.Equal(["input", "0", "1"], graph.Messages(1).Take(3).Select(static node => node.Text(1)));
        work.Run("runs", "export", "a").Failed(2, "--tensorboard");
    }

    [Fact]
    public void Another_reader_of_the_format_finds_every_checksum_right()
    {
        // given
        var checker = SharedData.Find("..", "tfevents.py");
        using var work = new Workplace();
        work.Run("train", "digits", "--steps", "12", "--valid", "0.8", "--out", "a", "--tensorboard").Done();

        // when
        var output = Python(checker, FileIn(work["a"]));

        // then
        Assert.EndsWith("records, all checksums right\n", output);
        foreach (var kind in (string[])["'simple_value'", "'histogram'", "'image'", "'plugin': ['text']", "'plugin': ['hparams']", "'graph_def'"])
        {
            Assert.Contains(kind, output);
        }
    }

    private static string FileIn(string directory) => Assert.Single(Directory.GetFiles(directory, "events.out.tfevents.*"));

    private static string Python(params string[] args)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", args) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not on this machine.");
            throw;
        }
    }
}
