using System.Diagnostics;

namespace Gradus.Packaging.Tests;

/// <summary>Runs programs as a user does from a shell.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    // What a build, or the command that runs the tests, tells its own children would reach the SDK here too.
    private static readonly string[] Inherited =
        ["RestoreLockedMode", "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly", "DOTNET_HOST_PATH"];

    /// <summary>Runs a program to its end and returns what it printed; fails if its exit code is not 0.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="environment">What is set in its environment.</param>
    /// <param name="program">The program.</param>
    /// <param name="args">Its arguments.</param>
    public static string Run(string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in Inherited) start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // A build that stays and waits for the next one would keep these pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var command = $"{Path.GetFileName(program)} {string.Join(' ', args)}";
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command}: it did not end within {Limit}");
        }

        if (process.ExitCode != 0) Assert.Fail($"{command}: exit code {process.ExitCode}\n{output.Result}\n{error.Result}");
        return output.Result.ReplaceLineEndings("\n");
    }
}
