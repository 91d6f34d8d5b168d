using System.Diagnostics;
using System.Globalization;

namespace Gradus.Cli.Tests;

/// <summary>
/// Two machines with a cable between them, of namespaces of Linux: each has a network and a name of its own, by which Open MPI tells them apart. Gone after the
/// test, with all that still runs on them.
/// </summary>
internal sealed class TwoMachines : IDisposable
{
    private const string Link = "cable";
    private const string Network = "10.77.0.0/24";

    private static int s_count;

    private readonly string[] _names;
    private readonly Workplace _place;

    private TwoMachines(Workplace place)
    {
        _place = place;
        var number = Interlocked.Increment(ref s_count);
        _names = [.. "ab".Select(letter => FormattableString.Invariant($"gradus-{Environment.ProcessId}-{number}{letter}"))];
    }

    /// <summary>The addresses of both machines.</summary>
    public static string[] Addresses { get; } = ["10.77.0.1", "10.77.0.2"];

    /// <summary>How many bytes have come over the cable, one way.</summary>
    public long BytesReceived => long.Parse(
        Ip("netns", "exec", _names[0], "cat", $"/sys/class/net/{Link}/statistics/rx_bytes"), CultureInfo.InvariantCulture);

    /// <summary>The processes that run on both.</summary>
    public int[] Processes =>
        [.. _names.SelectMany(static name => Ip("netns", "pids", name).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)];

    /// <summary>Makes them, where the machine lets this user.</summary>
    /// <param name="place">Where what runs on them writes.</param>
    /// <param name="reason">Why there are none.</param>
    public static TwoMachines? TryCreate(Workplace place, out string reason)
    {
        reason = !OperatingSystem.IsLinux() ? "this is not Linux" : Environment.IsPrivilegedProcess ? "" : "the user is not root";
        if (reason.Length > 0) return null;
        var machines = new TwoMachines(place);
        try
        {
            machines.Create();
            return machines;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            machines.Dispose();
            reason = exception.Message.Trim();
            return null;
        }
    }

    /// <summary>Starts the tool on the first machine; it reaches the second as it would by ssh.</summary>
    public Process Start(params string[] args)
    {
        // A cut is not heard of by ssh either: it ends without an error.
        var agent = _place.Write("agent", $"shift\n{string.Join(' ', On(1).Select(static word => $"'{word}'"))} sh -c \"$*\"\nexit 0\n");
        var start = new ProcessStartInfo("ip", [.. On(0).Skip(1), "dotnet", Path.Combine(AppContext.BaseDirectory, "Gradus.Cli.dll"), .. args])
        {
            WorkingDirectory = _place.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_TieredPGO"] = "0",
                // mpirun leaves files behind when it ends in a hurry.
                ["TMPDIR"] = _place.Path,
                ["OMPI_MCA_plm_rsh_agent"] = $"sh {_place[agent]}",
                // Ranks where they are asked for, and not those of mpirun's machine first.
                ["OMPI_MCA_rmaps_base_mapping_policy"] = "seq",
                ["OMPI_MCA_oob_tcp_if_include"] = Network,
                ["OMPI_MCA_btl"] = "tcp,self",
                ["OMPI_MCA_btl_tcp_if_include"] = Network,
            },
        };
        return Process.Start(start)!;
    }

    /// <summary>Cuts the cable: no side receives anything from now on.</summary>
    /// <param name="isSilent">Whether both sides still believe that it is there, and send.</param>
    public void Cut(bool isSilent)
    {
        if (!isSilent)
        {
            Ip("-n", _names[1], "link", "set", Link, "down");
            return;
        }

        // Sent to nobody.
        for (var side = 0; side < 2; side++)
            Ip("-n", _names[side], "neigh", "replace", Addresses[1 - side], "lladdr", "02:00:00:00:00:99", "dev", Link, "nud", "permanent");
    }

    /// <summary>Joins both again.</summary>
    public void Mend()
    {
        for (var side = 0; side < 2; side++)
        {
            Ip("-n", _names[side], "link", "set", Link, "up");
            Ip("-n", _names[side], "neigh", "replace", Addresses[1 - side], "lladdr", AddressOf(1 - side), "dev", Link, "nud", "reachable");
        }
    }

    public void Dispose()
    {
        foreach (var name in _names)
        {
            try
            {
                foreach (var process in Ip("netns", "pids", name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse))
                {
                    using var left = Process.GetProcessById(process);
                    left.Kill();
                }

                Ip("netns", "delete", name);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or System.ComponentModel.Win32Exception)
            {
                // It was not made, or has ended by itself.
            }
        }
    }

    private static string Ip(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"ip {string.Join(' ', args)}: {error.Result}");
    }

    private string AddressOf(int side) => Ip("netns", "exec", _names[side], "cat", $"/sys/class/net/{Link}/address").Trim();

    private void Create()
    {
        foreach (var name in _names) Ip("netns", "add", name);
        Ip("link", "add", Link, "netns", _names[0], "type", "veth", "peer", "name", Link, "netns", _names[1]);
        for (var side = 0; side < 2; side++)
        {
            Ip("-n", _names[side], "addr", "add", $"{Addresses[side]}/24", "dev", Link);
            Ip("-n", _names[side], "link", "set", Link, "up");
            Ip("-n", _names[side], "link", "set", "lo", "up");
        }
    }

    private string[] On(int side) => ["ip", "netns", "exec", _names[side], "unshare", "--uts", "sh", "-c", $"hostname {"ab"[side]}; exec \"$@\"", "sh"];
}
