using System.Diagnostics;
using System.Globalization;
using Gradus;
using Gradus.Distributed;
using Gradus.Distributed.Worker;

// A rank of a test, started by mpirun: what it does, then numbers for it.
var numbers = args.Skip(1).Select(static word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
var host = $"machine{Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK")}";
var options = args[0] switch
{
    "checks" => new CommunicatorOptions { PieceBytes = 1000, Host = host },
    "silent" => new() { Timeout = TimeSpan.FromSeconds(3) },
    "stopped" => new() { HeartbeatTimeout = TimeSpan.FromSeconds(1.5), Host = host },
    _ => new(),
};
return Communicator.Run(communicator => args[0] switch
{
    "checks" => All(communicator),
    "throw" => Fail(communicator, numbers[0]),
    "killed" => Kill(communicator, numbers[0]),
    "silent" => Sleep(communicator, numbers[0]),
    "stopped" => Stop(communicator, numbers[0]),
    "speed" => Speed.Measure(communicator),
    _ => throw new GradusException($"{args[0]}: no such test"),
}, options);

static int All(ICommunicator communicator)
{
    foreach (var shards in new[] { 8, 7, 12 })
    {
        foreach (var length in new[] { 1, 16, 1000, 4096 }) Checks.Sum(communicator, shards, length);
    }

    if (int.IsPow2(communicator.Size)) Checks.Bytes(communicator, 8, 4096);
    Checks.Half(communicator);
    Checks.Buckets(communicator);
    Checks.ReduceInPlace(communicator);
    Checks.BroadcastFromEach(communicator);
    Checks.Gather(communicator);
    Checks.Order(communicator, 10);
    Checks.Order(communicator, 100_000);
    Checks.LateBarrier(communicator);
    HandleFaults();
    Console.WriteLine($"rank {communicator.Rank} of {communicator.Size} is right");
    return 0;
}

// MPI knows the signals that the runtime makes these exceptions of.
static void HandleFaults()
{
    string?[] texts = [null];
    var zero = texts.Length - 1;
    var caught = 0;
    try
    {
        caught += texts[0]!.Length;
    }
    catch (NullReferenceException)
    {
        caught++;
    }

    try
    {
        caught += 1 / zero;
    }
    catch (DivideByZeroException)
    {
        caught++;
    }

    if (caught != 2) throw new InvalidOperationException("A null reference, or a division by zero, was no exception.");
}

static int Fail(ICommunicator communicator, int rank)
{
    communicator.Barrier();
    if (communicator.Rank == rank) throw new GradusException("The loss is not a number.");
    return WaitForever(communicator, rank);
}

static int Kill(ICommunicator communicator, int rank)
{
    communicator.Barrier();
    if (communicator.Rank == rank) Process.GetCurrentProcess().Kill();
    return WaitForever(communicator, rank);
}

static int Sleep(ICommunicator communicator, int rank)
{
    if (communicator.Rank == rank) Thread.Sleep(Timeout.Infinite);
    return WaitForever(communicator, rank);
}

static int Stop(ICommunicator communicator, int rank)
{
    // In brackets: mpirun may put the lines of two ranks into one.
    Console.WriteLine($"[{Environment.ProcessId}]");
    communicator.Barrier();
    if (communicator.Rank == rank) Process.Start("kill", ["-STOP", $"{Environment.ProcessId}"]).WaitForExit();
    return WaitForever(communicator, rank);
}

static int WaitForever(ICommunicator communicator, int rank)
{
    communicator.Receive(new byte[1].AsMemory(), rank, 0).Wait();
    return 0;
}
