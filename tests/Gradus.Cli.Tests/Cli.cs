using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Gradus.Cli.Tests;

/// <summary>What a run of the tool gave.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every line of the output as JSON; fails on a line that is none.</summary>
    public JsonElement[] Json => [.. Lines.Select(static line => JsonDocument.Parse(line).RootElement)];

    /// <summary>The last line of the output as JSON.</summary>
    public JsonElement LastJson => Json[^1];

    /// <summary>Fails unless the work was done.</summary>
    public CliResult Done()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        Assert.Equal("", Error);
        return this;
    }

    /// <summary>Fails unless there is one line of error, with these words in it.</summary>
    public void Failed(int exitCode, string message)
    {
        Assert.Contains(message, Error);
        Assert.StartsWith("gradus: ", Error);
        Assert.DoesNotContain("unexpected", Error);
        Assert.DoesNotContain("   at ", Error);
        Assert.Equal(1, Error.Count(static character => character == '\n'));
        Assert.Equal(exitCode, ExitCode);
    }
}

/// <summary>
/// Runs the tool as a user does. Commands that need nothing of a process of their own share one that stays (<see cref="StayingTool"/>), as many as tests run at
/// once.
/// </summary>
internal static partial class Cli
{
    /// <summary>How long a command may take: longer than any does on a machine that has other work.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "Gradus.Cli.dll");

    /// <summary>Runs the tool to its end, in a process that has run other commands and will run more.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="cwd">The folder it runs in.</param>
    public static CliResult Run(IEnumerable<string> args, string cwd)
    {
        var tool = TakeStaying();
        var result = tool.Run(args, cwd);
        StayingTools.Return(tool);
        return result;
    }

    /// <summary>A process for several commands, to be given to <see cref="StayingTools.Return"/> after them.</summary>
    public static StayingTool TakeStaying() => StayingTools.Take() ?? StartStaying();

    /// <summary>A process for several commands, whose environment differs from that of the others.</summary>
    public static StayingTool StartStaying(params (string Name, string Value)[] env) => new(Describe("dotnet", [Assembly], AppContext.BaseDirectory, env));

    /// <summary>Runs the tool to its end, in a process of its own.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="cwd">The folder it runs in.</param>
    /// <param name="env">What is set in its environment.</param>
    public static CliResult RunAlone(IEnumerable<string> args, string cwd, params (string Name, string Value)[] env)
    {
        using var process = Start(args, cwd, env);
        return Finish(process, process.StandardOutput.ReadToEndAsync());
    }

    /// <summary>Runs the tool and sends it a signal at the first line that has some words.</summary>
    public static CliResult RunAndSignal(int signal, IEnumerable<string> args, string cwd, string at)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by POSIX means.");
        Assert.SkipWhen(IsIgnored(signal), "What is started from here ignores the signal, as under nohup.");
        using var process = Start(args, cwd, []);
        var seen = new StringBuilder();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            seen.Append(line).Append('\n');
            if (line.Contains(at, StringComparison.Ordinal) && Kill(process.Id, signal) != 0) throw new Win32Exception();
        }

        return Finish(process, Task.FromResult(seen.ToString()));
    }

    /// <summary>Runs the tool and kills it after a while, unless it is done before.</summary>
    public static void RunAndKill(IEnumerable<string> args, string cwd, TimeSpan after)
    {
        using var process = Start(args, cwd, []);
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(after)) process.Kill();
        process.WaitForExit();
        output.Wait(Limit);
    }

    /// <summary>Runs the tool and kills it at the moment that a condition holds, unless it is done before.</summary>
    public static void RunAndKill(IEnumerable<string> args, string cwd, Func<bool> when)
    {
        using var process = Start(args, cwd, []);
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (!process.HasExited && !when()) Thread.SpinWait(100);
        process.Kill();
        process.WaitForExit();
        output.Wait(Limit);
    }

    private static bool IsIgnored(int signal) =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } line
        && ((Convert.ToUInt64(line[7..].Trim(), 16) >> (signal - 1)) & 1) != 0;

    /// <summary>Runs the tool and closes the pipe it writes to after its first line, as <c>head -1</c> does.</summary>
    public static CliResult RunIntoHead(IEnumerable<string> args, string cwd)
    {
        using var process = Start(args, cwd, []);
        var line = process.StandardOutput.ReadLine();
        process.StandardOutput.Close();
        return Finish(process, Task.FromResult(line + "\n"));
    }

    /// <summary>Runs the tool by a line of the shell, redirections included.</summary>
    public static CliResult RunInShell(string line, string cwd)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no shell of POSIX.");
        using var process = Start("/bin/sh", ["-c", $"dotnet '{Assembly}' {line}"], cwd, []);
        return Finish(process, process.StandardOutput.ReadToEndAsync());
    }

    /// <summary>Runs the tool as a terminal shows it.</summary>
    public static CliResult RunInTerminal(IEnumerable<string> args, string cwd)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "There is no 'script' of util-linux to make a terminal with.");
        var command = string.Join(' ', args.Prepend(Assembly).Prepend("dotnet").Select(static word => $"'{word}'"));
        using var process = Start("/usr/bin/script", ["-qec", command, "/dev/null"], cwd, [("TERM", "xterm-256color")]);
        return Finish(process, process.StandardOutput.ReadToEndAsync());
    }

    public static Process Start(IEnumerable<string> args, string cwd, (string Name, string Value)[] env) => Start("dotnet", args.Prepend(Assembly), cwd, env);

    private static Process Start(string program, IEnumerable<string> args, string cwd, (string Name, string Value)[] env)
    {
        var process = Process.Start(Describe(program, args, cwd, env))!;
        process.StandardInput.Close();
        return process;
    }

    private static ProcessStartInfo Describe(string program, IEnumerable<string> args, string cwd, (string Name, string Value)[] env)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = cwd,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // What runs for seconds gains nothing by a measured profile, and takes a seventh longer to make one.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in env) start.Environment[name] = value;
        return start;
    }

    private static CliResult Finish(Process process, Task<string> output)
    {
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail($"The tool did not end within {Limit.TotalMinutes} minutes.");
        }

        return new CliResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
