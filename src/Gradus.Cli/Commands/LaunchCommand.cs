using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Gradus.Distributed;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus launch</c>: starts mpirun with this program, as many times as are asked for.</summary>
internal static class LaunchCommand
{
    private static readonly Option<int?> Count = CommandOptions.Whole("-n", "How many processes. Default: 2.", 1, 65_536);

    private static readonly Option<string?> Hosts = new("--host")
    {
        Description = "The machines to start them on, each with how many: a:4,b:4. Default: this one.",
        HelpName = "HOSTS",
    };

    private static readonly Argument<string[]> Words = new("COMMAND")
    {
        Description = "What each does: the words after gradus, behind --, such as -- train mnist --data-dir mnist.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("launch", "Start several processes that train one network together, by mpirun.") { Count, Hosts, Words };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var count = parsed.GetValue(Count) ?? 2;
        var command = parsed.GetValue(Words)![0];
        if (command != "train") throw new UsageException($"launch: '{PlainText.Quote(command)}' is for one process; expected train.");
        // Without a binding to cores Open MPI lets each process have all of them, and Gradus shares them out; more processes than cores are told on purpose.
        List<string> words = ["-n", count.ToString(CultureInfo.InvariantCulture), "--bind-to", "none"];
        if (parsed.GetValue(Hosts) is { } hosts) words.AddRange(["--host", hosts]);
        else if (count > Environment.ProcessorCount) words.Add("--oversubscribe");
        var program = Environment.ProcessPath!;
        words.Add(program);
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") words.Add(Environment.GetCommandLineArgs()[0]);
        words.AddRange(parsed.GetValue(Words)!);
        var start = new ProcessStartInfo("mpirun", words);
        // Their terminal is mpirun's, which passes on what they print.
        start.Environment["TERM"] = "dumb";
        if (Environment.IsPrivilegedProcess)
        {
            // In a container nearly everything runs as root, which mpirun refuses unless it is told twice.
            start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        }

        KeepAlive(start.Environment);
        using var process = Start(start);
        // Ctrl-C at a terminal reaches mpirun by itself; other signals are for this process alone.
        void PassOn(PosixSignalContext context)
        {
            context.Cancel = true;
            if (context.Signal == PosixSignal.SIGINT && !Console.IsInputRedirected) return;
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, PassOn);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, PassOn);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, PassOn);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>
    /// Lets mpirun and its daemons find within 20 s, not 8 minutes, that the network between them is cut. The ranks find first when it is cut between them
    /// (<see cref="CommunicatorOptions.HeartbeatTimeout"/>); this is for a machine that has none of them.
    /// </summary>
    private static void KeepAlive(IDictionary<string, string?> environment)
    {
        (string Name, string Value)[] settings = [("time", "10"), ("intvl", "2"), ("probes", "5")];
        foreach (var (name, value) in settings) environment.TryAdd($"OMPI_MCA_oob_tcp_keepalive_{name}", value);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new GradusException("launch: mpirun is not there: install Open MPI (apt-get install openmpi-bin), or put its folder on the PATH.");
        }
    }
}
