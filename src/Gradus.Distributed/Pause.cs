using System.Runtime.InteropServices;

namespace Gradus.Distributed;

/// <summary>What a rank does between two looks for news: it leaves the core to others, the more the longer it has waited.</summary>
internal static partial class Pause
{
    private const double SpinMicroseconds = 20;
    private const double YieldMicroseconds = 200;
    private const double LongestMicroseconds = 1000;

    /// <summary>Pauses, by an eighth of the time waited at most.</summary>
    /// <param name="waited">How long the rank has waited.</param>
    public static void After(TimeSpan waited)
    {
        var microseconds = waited.TotalMicroseconds;
        if (microseconds < SpinMicroseconds) Thread.SpinWait(1);
        else if (microseconds < YieldMicroseconds) Thread.Yield();
        else Sleep(Math.Min(microseconds / 8, LongestMicroseconds));
    }

    private static void Sleep(double microseconds)
    {
        // Thread.Sleep counts in milliseconds.
        if (OperatingSystem.IsWindows()) Thread.Sleep(1);
        else _ = SleepMicroseconds((uint)microseconds);
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SleepMicroseconds(uint microseconds);
}
