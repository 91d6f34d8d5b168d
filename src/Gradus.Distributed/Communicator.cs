using System.Globalization;

namespace Gradus.Distributed;

/// <summary>The communicator of this process.</summary>
public static class Communicator
{
    /// <summary>Whether this process was started by <c>mpirun</c>, as one of several.</summary>
    public static bool IsLaunched => Launchers.Any(static name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });

    /// <summary>How many of the ranks run on this machine; 1 where the launcher does not say.</summary>
    public static int RanksHere =>
        int.TryParse(Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_LOCAL_SIZE"), CultureInfo.InvariantCulture, out var count) && count > 0 ? count : 1;

    // Open MPI's mpirun, a launcher of PMIx such as Slurm's, and that of MPICH, which is told apart when MPI starts.
    private static string[] Launchers => ["OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"];

    /// <summary>How many processes the launcher says it has started; null where it does not say.</summary>
    internal static int? LaunchedSize
    {
        get
        {
            var word = Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") ?? Environment.GetEnvironmentVariable("PMI_SIZE");
            return int.TryParse(word, CultureInfo.InvariantCulture, out var size) ? size : null;
        }
    }

    /// <summary>Starts MPI where this process was started by <c>mpirun</c>; elsewhere it is the only rank.</summary>
    /// <param name="options">How ranks wait for each other.</param>
    /// <returns>The communicator, to be disposed at the end.</returns>
    /// <exception cref="GradusException">MPI is not installed, is not Open MPI, or does not start.</exception>
    public static ICommunicator Start(CommunicatorOptions? options = null) =>
        IsLaunched ? MpiCommunicator.Start(options) : InProcessCommunicator.Create(1, options)[0];

    /// <summary>Does the work of this rank and ends MPI. Where the work fails, all ranks end, and the reason stands on standard error.</summary>
    /// <param name="work">The work; its result is the exit code of the process.</param>
    /// <param name="options">How ranks wait for each other.</param>
    /// <returns>What the work returned. Where there is one process alone, its exceptions go on to the caller.</returns>
    /// <exception cref="GradusException">MPI is not installed, is not Open MPI, or does not start.</exception>
    public static int Run(Func<ICommunicator, int> work, CommunicatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var communicator = Start(options);
        try
        {
            return work(communicator);
        }
        catch (Exception exception) when (IsLaunched)
        {
            communicator.Abort(exception is GradusException or IOException or InvalidDataException ? exception.Message : exception.ToString());
            return 1;
        }
    }
}
