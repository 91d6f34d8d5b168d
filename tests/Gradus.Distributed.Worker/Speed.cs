using System.Diagnostics;
using System.Globalization;
using Gradus.Training;

namespace Gradus.Distributed.Worker;

/// <summary>How fast messages are, for docs/distributed.md: <c>mpirun -n 2 Gradus.Distributed.Worker speed</c>.</summary>
internal static class Speed
{
    public static int Measure(ICommunicator communicator)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        foreach (var (bytes, rounds) in new[] { (8, 20_000), (64 << 10, 2000), (1 << 20, 200), (16 << 20, 30) })
        {
            var data = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
            data.AsSpan().Fill(1);
            PingPong(communicator, data, rounds / 10);
            var seconds = PingPong(communicator, data, rounds);
            Say(communicator, $"{bytes} bytes: {seconds * 1e6:0.00} µs one way, {bytes / seconds / 1e9:0.000} GB/s");
        }

        Barriers(communicator);
        Crowd(communicator);
        foreach (var length in new[] { 100_000, 4_000_000 }) Sums(communicator, length);
        return 0;
    }

    private static double PingPong(ICommunicator communicator, byte[] data, int rounds)
    {
        communicator.Barrier();
        if (communicator.Rank > 1 || communicator.Size == 1) return double.NaN;
        var (watch, other) = (Stopwatch.StartNew(), 1 - communicator.Rank);
        for (var round = 0; round < rounds; round++)
        {
            if (communicator.Rank == 0) communicator.Send<byte>(data, other, 1).Wait();
            communicator.Receive<byte>(data, other, 1).Wait();
            if (communicator.Rank == 1) communicator.Send<byte>(data, other, 1).Wait();
        }

        return watch.Elapsed.TotalSeconds / rounds / 2;
    }

    private static void Barriers(ICommunicator communicator)
    {
        const int rounds = 1000;
        communicator.Barrier();
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < rounds; round++) communicator.Barrier();
        Say(communicator, $"barrier of {communicator.Size}: {watch.Elapsed.TotalMicroseconds / rounds:0.0} µs");
    }

    /// <summary>What the waiting of the others takes from a rank that computes.</summary>
    private static void Crowd(ICommunicator communicator)
    {
        communicator.Barrier();
        if (communicator.Rank == 0)
        {
            var watch = Stopwatch.StartNew();
            var x = 1.0;
            for (var i = 0; i < 500_000_000; i++) x = (x * 0.999999) + 1e-9;
            Say(communicator, $"a rank that computes while {communicator.Size - 1} wait: {watch.Elapsed.TotalSeconds:0.00} s ({x:0.0})");
        }

        communicator.Barrier();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        if (communicator.Rank == 0) Thread.Sleep(2000);
        communicator.Barrier();
        if (communicator.Rank == 1)
            Console.WriteLine($"a rank that waits takes {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / 20:0.0} % of a core");
    }

    private static void Sums(ICommunicator communicator, int length)
    {
        const int rounds = 20;
        var tree = new ShardTree(communicator.Size);
        var exchange = new ShardExchange(communicator);
        ShardSum[] own = [new ShardSum(new ShardNode(communicator.Rank, communicator.Rank + 1), new float[length])];
        var total = new float[length];
        exchange.Sum(tree, own, total);
        communicator.Barrier();
        var (watch, allocated) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        for (var round = 0; round < rounds; round++) exchange.Sum(tree, own, total);
        Say(communicator, $"sum of {length} floats over {communicator.Size}: {watch.Elapsed.TotalMilliseconds / rounds:0.00} ms, " +
            $"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / rounds} bytes allocated");
    }

    private static void Say(ICommunicator communicator, string line)
    {
        if (communicator.Rank == 0) Console.WriteLine(line);
    }
}
