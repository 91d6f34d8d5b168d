using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Bench;
using Gradus.Cli.Output;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus bench</c>: how fast Gradus is on this machine, and what share that is of what the machine can do.</summary>
internal static class BenchCommand
{
    private static readonly Option<string?> Only = new("--only") { Description = "Run only the workloads whose names begin with this.", HelpName = "PREFIX" };
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        Json.Recursive = true;
        Threads.Recursive = true;
        var peak = new Command("peak", "Measure the machine: multiply-adds a second and memory bandwidth.");
        peak.SetAction(RunPeak);
        var command = new Command("bench", "Time products, functions, reductions, training steps and inference.") { Only, Threads, Json, peak };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        Prepare(parsed);
        var prefix = parsed.GetValue(Only) ?? "";
        var chosen = Workloads.All.Where(workload => workload.Name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        if (chosen.Length == 0)
        {
            var names = string.Join(", ", Workloads.All.Select(static workload => workload.Name));
            throw new UsageException($"--only '{PlainText.Quote(prefix)}': no workload begins like that. There are: {names}.");
        }

        var json = parsed.GetValue(Json);
        var peak = Compute.MeasureMultiplyAdds();
        if (!json)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Compute.Threads} threads, {Compute.VectorBits}-bit vectors, {peak / 1e9:0} GFLOP/s at most\n"));
        }

        foreach (var workload in chosen)
        {
            var timing = Timing.Of(workload.Prepare());
            Console.Out.WriteLine(json ? JsonRow(workload, timing, peak) : TextRow(workload, timing, peak));
        }

        return 0;
    }

    private static int RunPeak(ParseResult parsed)
    {
        Prepare(parsed);
        double operations = Compute.MeasureMultiplyAdds(), bandwidth = Compute.MeasureMemoryBandwidth();
        Console.Out.WriteLine(parsed.GetValue(Json)
            ? JsonLine.Of(json =>
            {
                json.WriteNumber("threads", Compute.Threads);
                json.WriteNumber("vector_bits", Compute.VectorBits);
                json.WriteNumber("flops_per_second", operations);
                json.WriteNumber("bytes_per_second", bandwidth);
            })
            : string.Create(
                CultureInfo.InvariantCulture, $"{Compute.Threads} threads, {Compute.VectorBits}-bit vectors: " +
                $"{operations / 1e9:0} GFLOP/s by fused multiply-adds, {bandwidth / 1e9:0.0} GB/s of memory"));
        return 0;
    }

    private static void Prepare(ParseResult parsed)
    {
#if DEBUG
        throw new GradusException("bench: this is a Debug build, whose times mean nothing. Run it with -c Release.");
#else
        CommandOptions.SetThreads(parsed.GetValue(Threads));
#endif
    }

    private static string JsonRow(Workload workload, Timing timing, double peak) => JsonLine.Of(json =>
    {
        json.WriteString("name", workload.Name);
        json.WriteNumber("median_us", Math.Round(timing.MedianMicroseconds, 3));
        json.WriteNumber("min_us", Math.Round(timing.MinMicroseconds, 3));
        json.WriteNumber("runs", timing.Runs);
        if (workload.Operations is { } operations)
        {
            json.WriteNumber("flops", operations);
            json.WriteNumber("share_of_peak", Math.Round(operations / timing.MedianMicroseconds * 1e6 / peak, 4));
        }

        if (workload.Bytes is { } bytes) json.WriteNumber("bytes", bytes);
    });

    private static string TextRow(Workload workload, Timing timing, double peak)
    {
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"{workload.Name,-32} {timing.MedianMicroseconds,12:N1} µs  (least {timing.MinMicroseconds,12:N1}, {timing.Runs,3} runs)");
        if (workload.Operations is { } operations)
        {
            row += string.Create(CultureInfo.InvariantCulture,
                $"  {operations / timing.MedianMicroseconds / 1e3,7:0.0} GFLOP/s  {operations / timing.MedianMicroseconds * 1e8 / peak,5:0.0} % of peak");
        }

        if (workload.Bytes is { } bytes) row += string.Create(CultureInfo.InvariantCulture, $"  {bytes / timing.MedianMicroseconds / 1e3,7:0.0} GB/s");
        return row;
    }
}
