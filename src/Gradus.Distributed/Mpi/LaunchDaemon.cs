using System.Globalization;
using System.Runtime.InteropServices;

namespace Gradus.Distributed;

/// <summary>The process of Open MPI that has started this one: mpirun on its machine, on the others a daemon of it.</summary>
internal static partial class LaunchDaemon
{
    // Those of Open MPI 3 and 4, then those of 5.
    private static readonly string[] Names = ["mpirun", "mpiexec", "orterun", "orted", "prterun", "prted"];

    private const int Terminate = 15;
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Ends it, and so what it has started here. Asked once, it first waits for its like on all machines, for as long as TCP tries to reach one that is cut
    /// off: a quarter of an hour. Asked again, it ends.
    /// </summary>
    /// <returns>Whether there was one and it ended.</returns>
    public static bool End()
    {
        if (Find() is not { } process) return false;
        // In between it asks this process to terminate.
        using var stay = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true);
        for (var call = 0; call < 20; call++)
        {
            // First the time to pass on what was written to it.
            Thread.Sleep(BetweenCalls);
            if (Kill(process, Terminate) != 0) return true;
        }

        return false;
    }

    /// <summary>Ends this process at once, whatever its threads do.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void ExitNow(int code);

    private static int? Find()
    {
        try
        {
            // A shell or a script may stand between; in a container mpirun is often process 1.
            for (var process = Environment.ProcessId; process >= 1; process = ParentOf(process))
            {
                var name = File.ReadAllText(FormattableString.Invariant($"/proc/{process}/comm")).Trim();
                if (Names.Contains(name.Split('.')[0])) return process;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or a parent that has just ended.
        }

        return null;
    }

    private static int ParentOf(int process)
    {
        const string field = "PPid:";
        var lines = File.ReadLines(FormattableString.Invariant($"/proc/{process}/status"));
        var line = lines.First(static line => line.StartsWith(field, StringComparison.Ordinal));
        return int.Parse(line[field.Length..], CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
