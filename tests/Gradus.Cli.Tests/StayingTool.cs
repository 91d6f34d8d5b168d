using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gradus.Cli.Tests;

/// <summary>
/// A process of the tool that stays and runs one command after the other, each from the program's beginning to its exit code. Its code is compiled once, which
/// takes longer than most commands do.
/// </summary>
internal sealed class StayingTool : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the process.</summary>
    /// <param name="start">How the tool is started without arguments.</param>
    public StayingTool(ProcessStartInfo start)
    {
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StayingTool).Assembly.Location;
        _process = Process.Start(start)!;
    }

    /// <summary>Whether the process still waits for commands: one that crashes takes it along.</summary>
    public bool IsThere => !_process.HasExited;

    /// <summary>An exit code as it stands before the end of what the tool wrote to standard error.</summary>
    public static string Told(int exitCode) => exitCode.ToString("D3", CultureInfo.InvariantCulture);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="directory">The folder it runs in.</param>
    public CliResult Run(IEnumerable<string> arguments, string directory)
    {
        var command = new Command([.. arguments], directory, $"\u0004{Guid.NewGuid():N}");
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(command));
        _process.StandardInput.Flush();
        var (output, error) = (ReadTo(command.End, _process.StandardOutput), ReadTo(command.End, _process.StandardError));
        if (!Task.WaitAll([output, error], Cli.Limit))
        {
            _process.Kill();
            Assert.Fail($"The tool did not end within {Cli.Limit.TotalMinutes} minutes.");
        }

        if (output.Result.IsWhole && error.Result.IsWhole)
        {
            return new CliResult(int.Parse(error.Result.Text[^3..], CultureInfo.InvariantCulture), output.Result.Text, error.Result.Text[..^3]);
        }

        _process.WaitForExit();
        return new CliResult(_process.ExitCode, output.Result.Text, error.Result.Text);
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>What comes before the end of the command's output; all, and not whole, where the process ended instead.</summary>
    private static async Task<(string Text, bool IsWhole)> ReadTo(string end, StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            text.Append(buffer, 0, count);
            var before = text.Length - end.Length;
            if (before >= 0 && text.ToString(before, end.Length) == end) return (text.ToString(0, before), true);
        }

        return (text.ToString(), false);
    }

    /// <summary>What the process is asked to do.</summary>
    /// <param name="Arguments">The arguments of the tool.</param>
    /// <param name="Directory">The folder it runs in.</param>
    /// <param name="End">What it writes to standard output and to standard error when it is done.</param>
    internal sealed record Command(string[] Arguments, string Directory, string End);
}
