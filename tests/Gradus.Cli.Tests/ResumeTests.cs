using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gradus.Cli.Tests;

/// <summary>A run that is killed at any moment goes on as if nothing had happened.</summary>
public sealed partial class ResumeTests
{
    // By hand, GRADUS_KILLS=20 kills each run twenty times: a hundred at random, and ten each inside a checkpoint's writing and inside validation.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("GRADUS_KILLS") ?? "1", CultureInfo.InvariantCulture);

    private static readonly int AimedKills = Math.Max(1, Kills / 10);

    private static readonly (bool IsWriting, string Words)[] AllMoments =
    [
        (true, "xor --model mlp:256,256 --dropout 0.2 --valid 0.5 --epochs 4 --batch-size 32"),
        (true, "digits --model cnn --augment flip --augment shift:1 --valid 0.5 --epochs 1 --batch-size 128"),
        (true, "digits --model lstm:16,2 --valid 0.7 --epochs 2 --batch-size 128"),
        (true, "text:t.txt --model gpt:1,2,16,8 --steps 150"),
        (true, "csv:t.csv --model mlp:128,64 --epochs 20"),
        (false, "xor --model mlp:512,512 --dropout 0.2 --valid 0.8 --epochs 4 --batch-size 32"),
        (false, "digits --model cnn --augment crop:2 --valid 0.7 --epochs 2 --batch-size 128"),
        (false, "digits --model lstm:16,2 --valid 0.7 --epochs 2 --batch-size 128"),
        (false, "text:t.txt --model gpt:2,2,32,8 --valid 0.5 --steps 150"),
        (false, "csv:t.csv --model mlp:512,512 --valid 0.7 --epochs 12"),
    ];

    /// <summary>In the suite two of them.</summary>
    public static TheoryData<bool, string> Moments => [.. AllMoments.Where(static (_, index) => Kills >= 10 || index is 0 or 9)
        .Select(static moment => (moment.IsWriting, moment.Words))];

    [Theory]
    [InlineData(300, "xor --model mlp:32 --dropout 0.2 --epochs 60 --clip-norm 1")]
    [InlineData(8, "digits --model cnn --test 0.02 --valid 0.02 --augment crop:2 --augment rotate:10 --steps 30")]
    [InlineData(9, "digits --model lstm:16,2 --test 0.02 --valid 0.02 --steps 30 --optimizer sgd")]
    [InlineData(12, "text:t.txt --model gpt:1,2,16,8 --steps 150")]
    [InlineData(80, "csv:t.csv --epochs 80 --schedule onecycle --patience 70")]
    public void A_run_that_is_killed_ends_with_the_bits_of_one_that_was_not(int steps, string words)
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 300);
        work.Write("t.txt", string.Concat(Enumerable.Repeat("the quick brown fox jumps over the lazy dog. ", 60)));
        var clock = Stopwatch.StartNew();
        // As long as those that will be killed: in a process of its own.
        Cli.RunAlone(["train", .. words.Split(' '), "--out", "whole"], work.Path).Done();
        var seconds = clock.Elapsed.TotalSeconds;
        var random = new Random(steps);
        for (var kill = 0; kill < Kills; kill++)
        {
            // when: killed once or twice, and taken up on another number of threads; some before the first checkpoint
            var run = $"run{kill}";
            string[] args = ["train", .. words.Split(' '), "--out", run, "--checkpoint-every", $"{random.Next(1, steps)}"];
            for (var times = random.Next(1, 3); times > 0; times--)
            {
                Cli.RunAndKill(args, work.Path, TimeSpan.FromSeconds(0.15 + (random.NextDouble() * seconds)));
                if (!File.Exists(work[$"{run}/run.json"])) continue;
                args = ["train", "--resume", run, "--threads", $"{random.Next(1, 4)}", "--checkpoint-every", $"{random.Next(1, steps)}"];
            }

            var end = work.Run(args);

            // then: one that was done before it could be killed is done again
            Assert.True(end.ExitCode == 0, end.Error);
            Assert.Equal(work.Hash("whole/model.safetensors"), work.Hash($"{run}/model.safetensors"));
            Assert.Equal(Untimed(work["whole/events.jsonl"]), Untimed(work[$"{run}/events.jsonl"]));
        }
    }

    [Theory, MemberData(nameof(Moments))]
    public void A_run_that_is_killed_while_it_writes_a_checkpoint_or_validates_ends_with_the_same_bits(bool isWriting, string words)
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 3000);
        work.Write("t.txt", string.Concat(Enumerable.Repeat("the quick brown fox jumps over the lazy dog. ", 600)));
        work.Run(["train", .. words.Split(' '), "--out", "whole"]).Done();
        int[] ends = [.. File.ReadLines(work["whole/events.jsonl"]).Where(IsEpoch)
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt32())];
        var random = new Random(words.Length);
        for (var kill = 0; kill < AimedKills; kill++)
        {
            // when: a file is half written, or the last step of an epoch has its checkpoint and the epoch no line yet
            var (attempt, isMet) = (0, false);
            while (!isMet)
            {
                Assert.True(attempt < 50, "no attempt was at the right moment");
                var run = $"run{kill}-{attempt++}";
                var from = random.GetItems(ends, 1)[0];
                Cli.RunAndKill(
                    ["train", .. words.Split(' '), "--out", run, "--checkpoint-every", $"{(isWriting ? random.Next(1, ends[0]) : ends[0])}"],
                    work.Path, () => isWriting ? IsWriting(work[$"{run}/checkpoints"]) : Newest(work[$"{run}/checkpoints"]) >= from);
                var isRun = File.Exists(work[$"{run}/run.json"]) && !File.Exists(work[$"{run}/model.safetensors"]);
                isMet = isRun && (isWriting ? IsWriting(work[$"{run}/checkpoints"]) : IsValidating(work[run], ends));
                if (!isMet) continue;
                work.Run("train", "--resume", run, "--threads", $"{random.Next(1, 4)}").Done();

                // then
                Assert.Equal(work.Hash("whole/model.safetensors"), work.Hash($"{run}/model.safetensors"));
                Assert.Equal(Untimed(work["whole/events.jsonl"]), Untimed(work[$"{run}/events.jsonl"]));
            }
        }
    }

    [Fact]
    public void A_recipe_makes_its_run_again()
    {
        // given
        using var work = new Workplace();
        work.WriteTable("t.csv", 60);
        string[] table = ["csv:t.csv", "--model", "mlp:64,32", "--column", "color=text", "--ignore", "b"];
        work.Run(["train", .. table, "--steps", "5", "--freeze", "1.*", "--doctor", "--out", "a"]).Done();

        // when
        work.Run("train", "a/run.json", "--threads", "1", "--out", "b").Done();

        // then
        Assert.Equal(work.Hash("a/model.safetensors"), work.Hash("b/model.safetensors"));
        string Untold(string recipe) => Threads().Replace(File.ReadAllText(work[recipe]), "");
        Assert.Equal(Untold("a/run.json"), Untold("b/run.json"));
        work.Run("train", "a/run.json", "--seed", "3").Failed(2, "--seed: the run's own options are in a/run.json; leave it out.");
        work.Run("train", "xor", "--resume", "a").Failed(2, "--resume: the run's data are its own; leave DATA out.");
        work.Run("train", "--resume", "none").Failed(1, "none: there is no run in it: run.json is missing.");
    }

    [Fact]
    public void Trained_weights_are_where_another_run_begins()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "moons", "--steps", "60", "--out", "a").Done();

        // when
        string[] frozen = ["--from", "a/model.safetensors", "--freeze", "1.*", "--freeze", "3.*"];
        var tuned = work.Run(["train", "circles", .. frozen, "--steps", "5", "--out", "b", "--json"]).Done();

        // then
        var (before, after) = (SafeTensors(work["a/model.safetensors"]), SafeTensors(work["b/model.safetensors"]));
        Assert.Equal(before["1.weight"], after["1.weight"]);
        Assert.NotEqual(before["5.weight"], after["5.weight"]);
        Assert.Equal("done", tuned.LastJson.GetProperty("event").GetString());
        work.Run("train", "circles", "--from", "a/model.safetensors", "--freeze", "9.*", "--out", "c").Failed(1, "freeze: no parameter's name is like 9.*");
    }

    [Fact]
    public void A_step_that_failed_is_made_again_and_names_operator_module_and_element()
    {
        // given
        using var work = new Workplace();
        work.Run("train", "xor", "--optimizer", "sgd", "--lr", "1e30", "--out", "o");

        // when
        var replay = work.Run("replay", "o/replay.safetensors", "--threads", "1");

        // then
        Assert.Equal(3, replay.ExitCode);
        Assert.Matches(@"^step \d+: \d+: linear gave (NaN|infinity) at \[\d+,\d+\] in f32", replay.Output);
        work.Run("replay", "o/run.json").Failed(1, "o/run.json");
    }

    private static bool IsWriting(string checkpoints) => Directory.Exists(checkpoints) && Directory.EnumerateFiles(checkpoints, ".gradus-*.tmp").Any();

    /// <summary>The step of the newest checkpoint; -1 where there is none.</summary>
    private static int Newest(string checkpoints) => !Directory.Exists(checkpoints) ? -1 : Directory.EnumerateFiles(checkpoints, "step-*.safetensors")
        .Select(static path => int.Parse(Path.GetFileName(path)[5..14], CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max();

    /// <summary>Whether the last step of an epoch has its checkpoint, and the epoch no line yet, which is written as soon as it is validated.</summary>
    private static bool IsValidating(string run, int[] ends) =>
        File.ReadLines(Path.Combine(run, "events.jsonl")).Count(IsEpoch) is var done && done < ends.Length
        && ends[done] == Newest(Path.Combine(run, "checkpoints"));

    private static bool IsEpoch(string line) => line.StartsWith("{\"event\":\"epoch\"", StringComparison.Ordinal);

    private static Dictionary<string, float[]> SafeTensors(string path) =>
        Formats.SafeTensorsFile.Read(path).Tensors.ToDictionary(static entry => entry.Key, static entry => entry.Value.ToArray<float>());

    private static string[] Untimed(string path) => [.. File.ReadAllLines(path).Select(static line => Times().Replace(line, ""))];

    [GeneratedRegex("\"threads\":\\d+")]
    private static partial Regex Threads();

    [GeneratedRegex("\"(seconds|model)\":[^,}]+")]
    private static partial Regex Times();
}
