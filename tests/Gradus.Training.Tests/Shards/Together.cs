namespace Gradus.Training.Tests.Shards;

/// <summary>Threads in the place of processes: each hands its sums in, and all add all of them.</summary>
internal sealed class Together(int processes)
{
    private readonly IReadOnlyList<ShardSum>[] _handed = new IReadOnlyList<ShardSum>[processes];
    private readonly Memory<double>[] _gathered = new Memory<double>[processes];
    private readonly Barrier _barrier = new(processes);

    public IReadOnlyList<T> Run<T>(Func<IShardExchange, T> work)
    {
        var results = new T[processes];
        var failures = new List<Exception>();
        var threads = Enumerable.Range(0, processes).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = work(new Part(this, rank));
            }
            catch (Exception error)
            {
                lock (failures) failures.Add(error);
                _barrier.RemoveParticipant();
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return failures.Count == 0 ? results : throw new AggregateException(failures);
    }

    private sealed class Part(Together all, int rank) : IShardExchange
    {
        public int Rank => rank;

        public int Processes => all._handed.Length;

        public PendingSum Begin(ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total)
        {
            all._handed[rank] = own;
            all._barrier.SignalAndWait();
            ShardSum[] copies = [.. all._handed.SelectMany(static sums => sums).Select(static sum => sum with { Values = sum.Values.ToArray() })];
            tree.Add(copies).CopyTo(total);
            all._barrier.SignalAndWait();
            return new Done();
        }

        public void Gather(Memory<double> values, IReadOnlyList<Range> parts)
        {
            all._gathered[rank] = values;
            all._barrier.SignalAndWait();
            for (var other = 0; other < Processes; other++) all._gathered[other][parts[other]].CopyTo(values[parts[other]]);
            all._barrier.SignalAndWait();
        }
    }

    private sealed class Done : PendingSum
    {
        public override bool IsDone => true;

        public override void Wait()
        {
        }
    }
}
