using System.Runtime.InteropServices;
using Gradus.Training;

namespace Gradus.Distributed.Worker;

/// <summary>What must hold of every communicator, over threads and over MPI; each check is done by all ranks together and throws where it fails.</summary>
public static class Checks
{
    /// <summary>The sum of shards over all ranks has the bits of one process that adds them all.</summary>
    public static void Sum(ICommunicator communicator, int shards, int length)
    {
        // given
        var tree = new ShardTree(shards);
        var exchange = new ShardExchange(communicator);
        var expected = SumOf(tree.Root, length);
        var total = new float[length];
        var what = $"{shards} shards of {length} values over {communicator.Size} ranks";

        for (var call = 0; call < 3; call++)
        {
            // when
            exchange.Sum(tree, OwnSums(tree, communicator, length), total);

            // then
            AssertEqual(expected, total, what);
        }
    }

    /// <summary>Several sums under way at a time, which the ranks look after in ways of their own.</summary>
    public static void Buckets(ICommunicator communicator)
    {
        // given
        int[] lengths = [1000, 16, 4096, 300];
        var (tree, exchange) = (new ShardTree(8), new ShardExchange(communicator));

        for (var call = 0; call < 3; call++)
        {
            // when
            float[][] totals = [.. lengths.Select(static length => new float[length])];
            var sums = new List<PendingSum>();
            for (var i = 0; i < lengths.Length; i++)
            {
                sums.Add(exchange.Begin(tree, OwnSums(tree, communicator, lengths[i]), totals[i]));
                if (communicator.Rank % 2 == 0) _ = sums[0].IsDone;
            }

            while (communicator.Rank % 3 == 1 && !sums[^1].IsDone) Thread.Yield();
            foreach (var sum in communicator.Rank % 2 == 0 ? sums : Enumerable.Reverse(sums)) sum.Wait();

            // then
            for (var i = 0; i < lengths.Length; i++) AssertEqual(SumOf(tree.Root, lengths[i]), totals[i], $"sum {i} of several");
            if (!sums.All(static sum => sum.IsDone)) throw new InvalidOperationException("a sum that was waited for is not done");
        }

        // given
        var values = new double[10];
        Range[] parts = [.. Enumerable.Range(0, communicator.Size).Select(rank => (10 * rank / communicator.Size)..(10 * (rank + 1) / communicator.Size))];
        values.AsSpan()[parts[communicator.Rank]].Fill(communicator.Rank);

        // when
        exchange.Gather(values, parts);

        // then
        AssertEqual([.. parts.SelectMany((part, rank) => Enumerable.Repeat((double)rank, part.End.Value - part.Start.Value))], values, "gather of parts");
    }

    /// <summary>With ranks that divide the shards, a power of two, 2 (N − 1) / N of the vector go out and come in.</summary>
    public static void Bytes(ICommunicator communicator, int shards, int length)
    {
        // given
        var tree = new ShardTree(shards);
        var exchange = new ShardExchange(communicator);

        // when
        exchange.Sum(tree, OwnSums(tree, communicator, length), new float[length]);

        // then
        var expected = 2L * (communicator.Size - 1) * length * sizeof(float) / communicator.Size;
        AssertEqual([expected, expected], [exchange.BytesSent, exchange.BytesReceived], "bytes sent and received");
    }

    /// <summary>Numbers of 16 bits on the wire: half the bytes, in all ranks the same bits, and the sum of what was rounded.</summary>
    public static void Half(ICommunicator communicator)
    {
        // given: numbers that float16 holds, and whose sum it does not
        const int length = 4096;
        var (size, tree) = (communicator.Size, new ShardTree(communicator.Size));
        var exchange = new ShardExchange(communicator, halfOnWire: true);
        var total = new float[length];
        var expected = size == 1 ? 1025 : (float)(System.Half)((1024 * size) + (size * (size + 1) / 2));

        for (var call = 0; call < 2; call++)
        {
            // when
            var own = Enumerable.Repeat(1024f + communicator.Rank + 1, length).ToArray();
            exchange.Sum(tree, [new ShardSum(new ShardNode(communicator.Rank, communicator.Rank + 1), own)], total);

            // then
            AssertEqual([.. Enumerable.Repeat(expected, length)], total, "sum of float16");
        }

        if (length % (16 * size) == 0) AssertEqual([2L * 2 * 2 * (size - 1) * length / size], [exchange.BytesSent], "bytes sent of float16");
    }

    public static void ReduceInPlace(ICommunicator communicator)
    {
        // given
        var size = communicator.Size;
        float[] values = [.. Enumerable.Range(0, 100).Select(i => Value(communicator.Rank, i))];

        // when
        communicator.AllReduce(values);

        // then
        AssertEqual(SumOf(new ShardTree(size).Root, 100), values, "all-reduce");
    }

    public static void BroadcastFromEach(ICommunicator communicator)
    {
        for (var root = 0; root < communicator.Size; root++)
        {
            // given
            long[] expected = [.. Enumerable.Range(0, 1000).Select(i => (root * 1_000_000_000_000L) + i)];
            var data = communicator.Rank == root ? [.. expected] : new long[expected.Length];

            // when
            communicator.Broadcast<long>(data, root);

            // then
            AssertEqual(expected, data, $"broadcast of rank {root}");
        }
    }

    public static void Gather(ICommunicator communicator)
    {
        // given
        var all = new double[3 * communicator.Size];

        // when
        communicator.AllGather<double>(new double[] { communicator.Rank, 0.5, -communicator.Rank }, all);

        // then
        AssertEqual([.. Enumerable.Range(0, communicator.Size).SelectMany(static rank => new double[] { rank, 0.5, -rank })], all, "all-gather");
    }

    /// <summary>Messages around a ring: those of one tag in their order, those of another beside them; empty ones too.</summary>
    public static void Order(ICommunicator communicator, int length)
    {
        // given
        var (next, previous) = ((communicator.Rank + 1) % communicator.Size, (communicator.Rank + communicator.Size - 1) % communicator.Size);
        int[] first = new int[length], second = new int[length], third = new int[length];

        // when: the other tag is received first
        Transfer[] transfers =
        [
            communicator.Send<int>(Filled(length, 1), next, 7), communicator.Send<int>(Filled(length, 2), next, 7),
            communicator.Send<int>(Filled(length, 3), next, 8), communicator.Send(ReadOnlyMemory<int>.Empty, next, 8),
            communicator.Receive<int>(third, previous, 8), communicator.Receive(Memory<int>.Empty, previous, 8),
            communicator.Receive<int>(first, previous, 7), communicator.Receive<int>(second, previous, 7),
        ];
        foreach (var transfer in transfers.Reverse()) transfer.Wait();

        // then
        AssertEqual([.. Filled(length, 1), .. Filled(length, 2), .. Filled(length, 3)], [.. first, .. second, .. third], "messages around a ring");
    }

    /// <summary>Nobody leaves a barrier before all have come: the last rank comes late and tells when.</summary>
    public static void LateBarrier(ICommunicator communicator)
    {
        // given
        var times = new long[2 * communicator.Size];
        if (communicator.Rank == communicator.Size - 1) Thread.Sleep(50);
        var came = System.Diagnostics.Stopwatch.GetTimestamp();

        // when
        communicator.Barrier();

        // then: all are on one machine and read one clock
        communicator.AllGather<long>(new[] { came, System.Diagnostics.Stopwatch.GetTimestamp() }, times);
        var (last, left) = (times.Where(static (_, i) => i % 2 == 0).Max(), times.Where(static (_, i) => i % 2 == 1).Min());
        if (left < last) throw new InvalidOperationException("barrier: a rank left before the last had come");
    }

    /// <summary>The sums that a rank has computed, whole nodes of the tree.</summary>
    public static ShardSum[] OwnSums(ShardTree tree, ICommunicator communicator, int length) =>
        [.. tree.Cover(tree.OwnedBy(communicator.Rank, communicator.Size)).Select(node => new ShardSum(node, SumOf(node, length)))];

    /// <summary>The sum of the shards of a node, of numbers whose sums depend on the order.</summary>
    private static float[] SumOf(ShardNode node, int length)
    {
        float[][] shards = [.. Enumerable.Range(node.First, node.Count).Select(shard => Enumerable.Range(0, length).Select(i => Value(shard, i)).ToArray())];
        return new ShardTree(node.Count).Add([.. shards.Select(static (values, i) => new ShardSum(new ShardNode(i, i + 1), values))]).ToArray();
    }

    private static float Value(int shard, int i) => MathF.ScaleB((((shard * 7919) + (i * 104_729)) % 1013) - 506.3f, (shard + i) % 12);

    private static int[] Filled(int length, int value) => [.. Enumerable.Repeat(value, length)];

    private static void AssertEqual<T>(T[] expected, T[] came, string what) where T : unmanaged
    {
        if (!MemoryMarshal.AsBytes<T>(expected).SequenceEqual(MemoryMarshal.AsBytes<T>(came)))
            throw new InvalidOperationException($"{what}: got {string.Join(' ', came.Take(9))}, expected {string.Join(' ', expected.Take(9))}");
    }
}
