using System.Diagnostics;
using System.Globalization;

namespace Gradus.Cli.Tests;

public class LaunchTests
{
    // By hand, GRADUS_KILLS=30 kills a rank thirty times.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("GRADUS_KILLS") ?? "1", CultureInfo.InvariantCulture);

    private static readonly string[] Training =
        ["train", "digits", "--model", "cnn", "--steps", "8", "--batch-size", "32", "--checkpoint-every", "3", "--test", "0.01", "--valid", "0.01"];

    [Fact]
    public void However_many_processes_train_the_weights_have_the_same_bits_and_a_run_goes_on_with_another_number()
    {
        SkipWithoutMpi();

        // given
        using var place = new Workplace();
        place.Run([.. Training, "--shards", "8", "--out", "alone"]).Done();

        // when: three together, and from the checkpoint of step 6 on two, then one
        Launch(place, 3, [.. Training, "--out", "three", "--timeline", "steps.svg"]);
        foreach (var name in new[] { "two", "one" })
        {
            Copy(place["three"], place[name]);
            File.Delete(place[$"{name}/checkpoints/step-000000008.safetensors"]);
        }

        Launch(place, 2, ["train", "--resume", "two"]);
        place.Run("train", "--resume", "one").Done();

        // then
        foreach (var name in new[] { "three", "two", "one" }) Assert.Equal(place.Hash("alone/model.safetensors"), place.Hash($"{name}/model.safetensors"));
        Assert.Equal(8, place.Run("runs", "show", "three", "--json").LastJson.GetProperty("steps").GetInt32());
        var picture = File.ReadAllText(place["steps.svg"]);
        Assert.All((string[])["rank 2</text>", "backward 7: ", "bucket 0: "], words => Assert.Contains(words, picture));
    }

    [Fact]
    public void Processes_that_share_the_statistics_of_batch_norm_learn_the_bits_of_one()
    {
        SkipWithoutMpi();

        // given: small pictures, and a network with 21 batch norms
        using var place = new Workplace();
        Formats.NpzFile.Write(place["pictures.npz"], new Dictionary<string, Tensor>
        {
            ["x"] = Tensor.From(Enumerable.Range(0, 40 * 64).Select(static index => index % 97 / 97f).ToArray(), [40, 1, 8, 8]),
            ["y"] = Tensor.From(Enumerable.Range(0, 40).Select(static row => (long)(row % 2)).ToArray(), [40]),
        });
        string[] training =
            ["train", "npz:pictures.npz", "--model", "resnet20", "--steps", "3", "--batch-size", "8", "--shards", "4", "--sync-batchnorm"];

        // when
        place.Run([.. training, "--out", "alone"]).Done();
        Launch(place, 3, [.. training, "--out", "three"]);

        // then
        Assert.Equal(place.Hash("alone/model.safetensors"), place.Hash("three/model.safetensors"));
        Assert.Contains("\"sync_batchnorm\":true", File.ReadAllText(place["three/run.json"]));
        place.Run("verify", "three").Done();
        place.Run("train", "digits", "--batch-size", "3", "--shards", "4", "--sync-batchnorm")
            .Failed(2, "--sync-batchnorm: each of 4 shards of a batch needs a sample");
    }

    [Fact]
    public async Task A_rank_that_is_killed_is_named_ends_the_others_and_the_run_goes_on_to_the_same_bits()
    {
        SkipWithoutMpi();

        // given
        using var place = new Workplace();
        string[] training = ["train", "digits", "--model", "mlp:32", "--steps", "600", "--shards", "4", "--checkpoint-every", "40"];
        place.Run([.. training, "--out", "alone"]).Done();
        var random = new Random(Environment.TickCount);

        for (var kill = 0; kill < Kills; kill++)
        {
            // when: a random rank at a random moment, from its start on
            var (ranks, killed, name) = (random.Next(2, 5), -1, $"run{kill}");
            using var process = Cli.Start(["launch", "-n", $"{ranks}", "--", .. training, "--out", name], place.Path, []);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            while (killed < 0 && !process.HasExited)
            {
                await Task.Delay(random.Next(300, 3500), TestContext.Current.CancellationToken);
                var rank = random.Next(ranks);
                if (RankOf(place.Path, rank) is not { } victim) continue;
                victim.Kill();
                killed = rank;
            }

            var clock = Stopwatch.StartNew();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var seconds = clock.Elapsed.TotalSeconds;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"rank {killed} of {ranks} killed; all had ended after {seconds:0.0} s, exit code {process.ExitCode}");

            // then: 128 + SIGKILL where it was amid its work
            if (process.ExitCode != 0)
            {
                Assert.Equal(137, process.ExitCode);
                Assert.Contains($"process rank {killed} ", await error);
            }

            while (RankOf(place.Path, null) is not null) await Task.Delay(20, TestContext.Current.CancellationToken);
            string[] again = Directory.Exists(place[name]) ? ["train", "--resume", name] : [.. training, "--out", name];
            Launch(place, random.Next(1, Kills == 1 ? 3 : 5), again);
            Assert.Equal(place.Hash("alone/model.safetensors"), place.Hash($"{name}/model.safetensors"));
        }
    }

    [Fact]
    public void A_mistake_of_all_is_told_once()
    {
        SkipWithoutMpi();

        // given
        using var place = new Workplace();

        // when
        var none = Cli.RunAlone(["launch", "-n", "2", "--", "train", "nothing"], place.Path);
        var many = Cli.RunAlone(["launch", "-n", "2", "--", "train", "xor", "--shards", "1"], place.Path);

        // then
        Assert.Equal((2, 2), (none.ExitCode, many.ExitCode));
        Assert.Single(none.Error.Split('\n'), static line => line.StartsWith("gradus: data 'nothing' is not known.", StringComparison.Ordinal));
        Assert.Single(many.Error.Split('\n'), static line => line.StartsWith("gradus: --shards: 2 processes cannot share 1 shards", StringComparison.Ordinal));
        Assert.Empty(place.Names);
    }

    [Fact]
    public void Without_mpirun_it_is_said_how_to_install_it()
    {
        using var place = new Workplace();
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath) is { } folder && File.Exists(Path.Combine(folder, "dotnet")) ? folder : "/usr/share/dotnet";
        if (File.Exists(Path.Combine(dotnet, "mpirun")) || !File.Exists(Path.Combine(dotnet, "dotnet"))) return;
        Cli.RunAlone(["launch", "--", "train", "xor"], place.Path, ("PATH", dotnet)).Failed(1, "mpirun is not there: install Open MPI");
    }

    /// <summary>The process of a rank, or of any, that runs in a folder.</summary>
    private static Process? RankOf(string folder, int? rank)
    {
        foreach (var process in Process.GetProcessesByName("dotnet"))
        {
            try
            {
                if (new FileInfo($"/proc/{process.Id}/cwd").ResolveLinkTarget(false)?.FullName != folder) continue;
                var environment = File.ReadAllText($"/proc/{process.Id}/environ").Split('\0');
                if (environment.Any(word => word.StartsWith($"OMPI_COMM_WORLD_RANK={rank}", StringComparison.Ordinal))) return process;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }

        return null;
    }

    private static void SkipWithoutMpi()
    {
        var isThere = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "mpirun")));
        Assert.SkipUnless(isThere, "mpirun is not installed: apt-get install openmpi-bin");
    }

    private static void Launch(Workplace place, int count, string[] command)
    {
        var result = Cli.RunAlone(["launch", "-n", $"{count}", "--", .. command], place.Path);
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}: {result.Error}");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
