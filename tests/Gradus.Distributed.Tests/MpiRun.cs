using System.Diagnostics;

namespace Gradus.Distributed.Tests;

/// <summary>What a run of tests/Gradus.Distributed.Worker under mpirun printed.</summary>
internal sealed record MpiRun(int ExitCode, string[] Output, string[] Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(static folder => File.Exists(Path.Combine(folder, "mpirun")));

    /// <summary>Runs it to its end; fails where it does not end.</summary>
    public static MpiRun Of(int ranks, params string[] args)
    {
        var start = new ProcessStartInfo("mpirun")
        {
            // More ranks than there are cores, in a container whose user is root.
            ArgumentList =
            {
                "--allow-run-as-root", "--oversubscribe", "-n", $"{ranks}",
                "dotnet", Path.Combine(AppContext.BaseDirectory, "Gradus.Distributed.Worker.dll"),
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        // mpirun gives each rank a terminal, which would be set up with characters that are not looked for here.
        start.Environment["TERM"] = "dumb";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"mpirun {string.Join(' ', start.ArgumentList)}: it did not end within {Limit}\n{output.Result}\n{error.Result}");
        }

        return new MpiRun(process.ExitCode, Lines(output.Result), Lines(error.Result));
    }

    public override string ToString() => $"exit code {ExitCode}\n{string.Join('\n', [.. Output, .. Error])}";

    private static string[] Lines(string text) =>
        text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
