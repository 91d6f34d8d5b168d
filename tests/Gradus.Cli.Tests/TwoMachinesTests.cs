using System.Diagnostics;
using System.Globalization;

namespace Gradus.Cli.Tests;

public class TwoMachinesTests
{
    // By hand, GRADUS_CUTS=10 cuts the cable ten times, with the default timeout.
    private static readonly int? Cuts = Environment.GetEnvironmentVariable("GRADUS_CUTS") is { } word ? int.Parse(word, CultureInfo.InvariantCulture) : null;

    private static readonly string[] Training = ["train", "digits", "--model", "mlp:32", "--shards", "4", "--checkpoint-every", "40", "--steps"];

    [Fact]
    public async Task Two_machines_learn_the_bits_of_one_process_over_the_cable()
    {
        // given
        using var place = new Workplace();
        using var machines = Create(place);
        place.Run([.. Training, "200", "--out", "alone"]).Done();

        // when
        using var process = machines.Start([.. Launch(isFirst: true, 1), .. Training, "200", "--out", "two"]);
        var (output, error) = Read(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // then: each way went the gradients of 784 · 32 + 32 + 32 · 10 + 10 parameters, and little besides
        const long bytes = 200 * 25_450 * sizeof(float);
        Assert.True(process.ExitCode == 0, await error);
        Assert.Contains("2 processes share the shards", await output);
        Assert.Equal(place.Hash("alone/model.safetensors"), place.Hash("two/model.safetensors"));
        Assert.InRange(machines.BytesReceived, bytes, bytes * 21 / 20);
    }

    [Fact]
    public async Task A_cable_that_is_cut_ends_both_sides_names_who_is_gone_and_the_run_goes_on_to_the_same_bits()
    {
        // given
        using var place = new Workplace();
        using var machines = Create(place);
        place.Run([.. Training, "600", "--out", "alone"]).Done();
        var random = new Random(Environment.TickCount);

        for (var cut = 0; cut < (Cuts ?? 1); cut++)
        {
            // when: after the first checkpoint, rank 0 on the side of mpirun or not
            var (isFirst, ranks, isSilent, name) = (random.Next(2) == 0, Cuts is null ? 1 : random.Next(1, 3), random.Next(2) == 0, $"cut{cut}");
            string[] timeout = Cuts is null ? ["--heartbeat-timeout", "2s"] : [];
            using var process = machines.Start([.. Launch(isFirst, ranks), .. Training, "600", "--out", name, .. timeout]);
            var (output, error) = Read(process);
            while (!process.HasExited && !(Directory.Exists(place[$"{name}/checkpoints"]) && Directory.EnumerateFiles(place[$"{name}/checkpoints"]).Any()))
                await Task.Delay(10, TestContext.Current.CancellationToken);
            machines.Cut(isSilent);

            var clock = Stopwatch.StartNew();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var seconds = clock.Elapsed.TotalSeconds;
            while (machines.Processes.Length > 0 && clock.Elapsed < TimeSpan.FromSeconds(60)) await Task.Delay(20, TestContext.Current.CancellationToken);
            var told = await error;
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
                $"{2 * ranks} ranks, rank 0 on {(isFirst ? 'a' : 'b')}, {(isSilent ? "silent" : "down")}: mpirun had ended after {seconds:0.0} s, ")
                + FormattableString.Invariant($"all after {clock.Elapsed.TotalSeconds:0.0} s, exit code {process.ExitCode}\n{told}"));

            // then
            Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
            Assert.NotEqual(0, process.ExitCode);
            string[] halves = [string.Join(", ", Enumerable.Range(0, ranks)), string.Join(", ", Enumerable.Range(ranks, ranks))];
            var (here, there) = isFirst ? (0, halves[1]) : (ranks, halves[0]);
            Assert.Contains($"rank {here} of {2 * ranks}: Nothing was heard of rank {there} on b for ", told);
            Assert.DoesNotContain("saved", await output);
            machines.Mend();

            var again = random.Next(1, Cuts is null ? 3 : 5);
            var resumed = again == 1
                ? Cli.RunAlone(["train", "--resume", name], place.Path)
                : Cli.RunAlone(["launch", "-n", $"{again}", "--", "train", "--resume", name], place.Path);
            Assert.True(resumed.ExitCode == 0, resumed.Error);
            Assert.Equal(place.Hash("alone/model.safetensors"), place.Hash($"{name}/model.safetensors"));
        }
    }

    private static TwoMachines Create(Workplace place)
    {
        var isThere = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "mpirun")));
        Assert.SkipUnless(isThere, "mpirun is not installed: apt-get install openmpi-bin");
        var machines = TwoMachines.TryCreate(place, out var reason);
        Assert.SkipWhen(machines is null, $"Networks of their own cannot be made here: {reason}");
        return machines!;
    }

    /// <summary>The words that start some ranks on each machine, the first of them on that of mpirun or on the other.</summary>
    private static string[] Launch(bool isFirst, int ranks)
    {
        var (first, second) = isFirst ? (0, 1) : (1, 0);
        string[] hosts = [.. Enumerable.Repeat(TwoMachines.Addresses[first], ranks), .. Enumerable.Repeat(TwoMachines.Addresses[second], ranks)];
        return ["launch", "-n", $"{2 * ranks}", "--host", string.Join(',', hosts), "--"];
    }

    private static (Task<string> Output, Task<string> Error) Read(Process process)
    {
        var cancel = TestContext.Current.CancellationToken;
        return (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
    }
}
