namespace Gradus.Kernels;

/// <summary>Work that is cut into numbered chunks which may run in any order, on any thread.</summary>
/// <remarks>The cut must follow from the shape of the work alone, and a chunk must write only what is its own: then the number of threads cannot change a bit.</remarks>
internal interface IJob
{
    /// <summary>Does chunk number <paramref name="chunk"/>.</summary>
    void Run(int chunk);
}

/// <summary>The worker threads, and the one way to hand them work.</summary>
/// <remarks>
/// Threads claim chunks by one atomic counter and the caller takes part, so a worker that is descheduled before it claims costs nothing.
/// A worker spins for a few microseconds before it parks. One job runs at a time: a nested or concurrent call does its own chunks on its own thread.
/// </remarks>
internal static class Workers
{
    // About 20 µs of spinning: longer than the gap between two kernels of a training step, shorter than a time slice.
    private const int SpinRounds = 400;

    private static readonly Lock Gate = new();
    private static readonly SemaphoreSlim Wake = new(0);
    private static int s_count = DefaultCount();
    private static int s_started;
    private static int s_parked;
    private static int s_busy;

    // The high half counts jobs, the low half the chunks that nobody has claimed yet. A claim is one compare-exchange on both,
    // so a thread that wakes up late can never take a chunk of a job it has not seen.
    private static long s_ticket;
    private static Job? s_job;
    private static int s_chunks;
    private static int s_done;
    private static Exception? s_failure;

    /// <summary>Threads that take part in a job, the caller included. Default: GRADUS_THREADS, else one for each processor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 1,024.</exception>
    public static int Count
    {
        get => s_count;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1024);
            s_count = value;
        }
    }

    /// <summary>Runs every chunk of <paramref name="job"/> and returns when all are done. Allocates nothing in the steady state.</summary>
    public static void Run<TJob>(int chunks, in TJob job) where TJob : struct, IJob
    {
        if (chunks <= 1 || s_count == 1 || Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            var alone = job;
            for (var chunk = 0; chunk < chunks; chunk++) alone.Run(chunk);
            return;
        }

        try
        {
            RunShared(chunks, in job);
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }
    }

    private static void RunShared<TJob>(int chunks, in TJob job) where TJob : struct, IJob
    {
        EnsureStarted();
        var shared = Job<TJob>.Instance;
        shared.Value = job;
        s_job = shared;
        s_chunks = chunks;
        s_done = 0;
        s_failure = null;
        var epoch = (uint)(s_ticket >> 32) + 1;
        Interlocked.Exchange(ref s_ticket, ((long)epoch << 32) | (uint)chunks);
        var sleepers = Math.Min(Volatile.Read(ref s_parked), Math.Min(chunks, s_count) - 1);
        if (sleepers > 0) Wake.Release(sleepers);

        Work();
        var spin = new SpinWait();
        while (Volatile.Read(ref s_done) < chunks) spin.SpinOnce(sleep1Threshold: -1);
        shared.Value = default;
        if (s_failure is { } failure) throw new AggregateException(failure);
    }

    /// <summary>Claims and runs chunks until none is left.</summary>
    private static void Work()
    {
        while (true)
        {
            var ticket = Volatile.Read(ref s_ticket);
            var left = (int)(uint)ticket;
            if (left == 0) return;
            if (Interlocked.CompareExchange(ref s_ticket, ticket - 1, ticket) != ticket) continue;
            // The job stays in place until this chunk is counted as done, so its fields are safe to read from here on.
            try
            {
                s_job!.Run(s_chunks - left);
            }
            catch (Exception exception)
            {
                s_failure = exception;
            }

            Interlocked.Increment(ref s_done);
        }
    }

    private static void EnsureStarted()
    {
        if (Volatile.Read(ref s_started) >= s_count - 1) return;
        lock (Gate)
        {
            for (; s_started < s_count - 1; s_started++)
            {
                var index = s_started;
                new Thread(() => Serve(index)) { IsBackground = true, Name = $"Gradus worker {index + 1}" }.Start();
            }
        }
    }

    private static void Serve(int index)
    {
        while (true)
        {
            for (var round = 0; round < SpinRounds && (uint)Volatile.Read(ref s_ticket) == 0; round++) Thread.SpinWait(8);
            if ((uint)Volatile.Read(ref s_ticket) == 0)
            {
                Interlocked.Increment(ref s_parked);
                if ((uint)Volatile.Read(ref s_ticket) == 0) Wake.Wait();
                Interlocked.Decrement(ref s_parked);
            }

            if (index < s_count - 1) Work();
            else Thread.Yield();
        }
    }

    private static int DefaultCount() =>
        int.TryParse(Environment.GetEnvironmentVariable("GRADUS_THREADS"), out var count) && count is >= 1 and <= 1024
            ? count
            : Math.Max(1, Environment.ProcessorCount);

    private abstract class Job
    {
        public abstract void Run(int chunk);
    }

    private sealed class Job<TJob> : Job where TJob : struct, IJob
    {
        public static readonly Job<TJob> Instance = new();
        public TJob Value;

        public override void Run(int chunk)
        {
            var value = Value;
            value.Run(chunk);
        }
    }
}
