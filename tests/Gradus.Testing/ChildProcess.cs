using System.Diagnostics;
using System.Reflection;

namespace Gradus.Testing;

/// <summary>This very program, run again for a single test: with other settings of the runtime, or to measure it alone.</summary>
internal static class ChildProcess
{
    /// <summary>Runs one test and returns what it printed; fails if it fails.</summary>
    /// <param name="test">The full name of the test's method.</param>
    /// <param name="environment">Environment variables to set.</param>
    public static string Run(string test, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, Assembly.GetEntryAssembly()!.GetName().Name!))
        {
            ArgumentList = { "-method", test },
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? output : throw new InvalidOperationException($"The child process failed:\n{output}");
    }
}
