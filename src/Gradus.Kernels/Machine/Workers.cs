using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

/// <summary>Work that is cut into numbered chunks which may run in any order, on any thread.</summary>
/// <remarks>
/// The cut must follow from the shape of the work alone, and a chunk must write only what is its own: then the number of threads cannot change a bit.
/// </remarks>
internal interface IJob
{
    /// <summary>Does chunk number <paramref name="chunk"/>.</summary>
    void Run(int chunk);
}

/// <summary>The worker threads, and the one way to hand them work.</summary>
/// <remarks>
/// Each thread has a range of neighboring chunks of its own, claimed one by one by an atomic counter, and then takes what is left of the others' ranges: the
/// same thread meets the same part of a tensor from kernel to kernel, which its cache may still hold, and a worker that is descheduled before it claims costs
/// nothing. The caller takes part. A worker spins briefly before it parks, and only those that a job can use are woken. One job runs at a time: a nested or
/// concurrent call does its own chunks on its own thread. A chunk's exception reaches the caller as it was thrown; whether the other chunks ran is then not
/// specified.
/// </remarks>
internal static class Workers
{
    // About 100 µs of spinning: longer than the gap between two kernels of a training step, shorter than a time slice. Measured on two cores: a job
    // costs 0.5 µs while the worker spins, and 15 to 60 µs, most of it in the caller, when it has to be woken.
    private const int SpinRounds = 400;
    private const int SpinLength = 8;

    /// <summary>
    /// Multiply-adds below which work stays on the calling thread: about 3 µs. A job costs 0.5 µs while the workers spin, far more when they sleep.
    /// </summary>
    public const long LeastWork = 160_000;

    // 50 µs: a worker that was woken still spins when the next job of a burst comes.
    private static readonly long BurstGap = Stopwatch.Frequency / 20_000;

    private static readonly Lock Gate = new();
    private static Worker[] s_workers = [];
    private static int s_count = DefaultCount();
    private static int s_busy;
    private static long s_lastLight;

    private static ChunkRange[] s_ranges = [];
    private static int s_epoch;
    private static Job? s_job;
    private static int s_chunks;
    private static int s_threads;
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
            Volatile.Write(ref s_count, value);
        }
    }

    /// <summary>Runs every chunk of <paramref name="job"/> and returns when all are done. Allocates nothing in the steady state.</summary>
    /// <param name="chunks">The number of chunks.</param>
    /// <param name="job">What a chunk does.</param>
    /// <param name="isLight">
    /// Whether the work is worth less than waking a sleeping worker: then that happens only where such jobs come one upon the other.
    /// </param>
    public static void Run<TJob>(int chunks, in TJob job, bool isLight = false) where TJob : struct, IJob
    {
        if (chunks <= 1 || s_count == 1 || Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            var alone = job;
            for (var chunk = 0; chunk < chunks; chunk++) alone.Run(chunk);
            return;
        }

        try
        {
            RunShared(chunks, in job, wake: !isLight || IsBurst());
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }
    }

    /// <summary>Runs every chunk, on the calling thread alone where all of them are too little work to be worth a second.</summary>
    /// <param name="work">Multiply-adds in all.</param>
    /// <param name="chunks">The number of chunks.</param>
    /// <param name="job">What a chunk does.</param>
    public static void Run<TJob>(long work, int chunks, in TJob job) where TJob : struct, IJob
    {
        if (work >= LeastWork)
        {
            Run(chunks, in job);
            return;
        }

        var alone = job;
        for (var chunk = 0; chunk < chunks; chunk++) alone.Run(chunk);
    }

    /// <summary>Whether a light job came a moment ago too.</summary>
    private static bool IsBurst()
    {
        var now = Stopwatch.GetTimestamp();
        var since = now - s_lastLight;
        s_lastLight = now;
        return since < BurstGap;
    }

    private static void RunShared<TJob>(int chunks, in TJob job, bool wake) where TJob : struct, IJob
    {
        var threads = Math.Min(chunks, s_count);
        var workers = Start(threads - 1);
        var shared = Job<TJob>.Instance;
        shared.Value = job;
        s_job = shared;
        s_chunks = chunks;
        s_threads = threads;
        s_done = 0;
        s_failure = null;
        var epoch = s_epoch + 1;
        if (s_ranges.Length < threads) s_ranges = new ChunkRange[threads];
        for (var index = 0; index < threads; index++) s_ranges[index].Open(epoch, End(index) - End(index - 1));
        Interlocked.Exchange(ref s_epoch, epoch);
        for (var index = 0; wake && index < threads - 1; index++) workers[index].Wake();

        Work(0, epoch);
        var spin = new SpinWait();
        while (Volatile.Read(ref s_done) < chunks) spin.SpinOnce(sleep1Threshold: -1);
        shared.Value = default;
        if (s_failure is not { } failure) return;
        s_failure = null;
        ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>The chunk behind the last of a thread's range.</summary>
    private static int End(int thread) => (int)((thread + 1L) * s_chunks / s_threads);

    /// <summary>
    /// Claims and runs chunks of a job until none is left: a thread's own, then the others' in turn. Nothing if the job is over or needs fewer threads.
    /// </summary>
    private static void Work(int thread, int epoch)
    {
        var ranges = Volatile.Read(ref s_ranges);
        var threads = Math.Min(s_threads, ranges.Length);
        if (thread >= threads) return;
        var done = 0;
        for (var turn = 0; turn < threads; turn++)
        {
            var index = (thread + turn) % threads;
            while (ranges[index].TryClaim(epoch, out var left))
            {
                // The job stays in place until this chunk is counted, so its fields are safe to read from here on.
                try
                {
                    s_job!.Run(End(index) - left);
                }
                catch (Exception exception)
                {
                    Interlocked.CompareExchange(ref s_failure, exception, null);
                }

                done++;
            }
        }

        if (done > 0) Interlocked.Add(ref s_done, done);
    }

    private static Worker[] Start(int wanted)
    {
        var workers = Volatile.Read(ref s_workers);
        if (workers.Length >= wanted) return workers;
        lock (Gate)
        {
            workers = s_workers;
            var started = workers.Length;
            if (started >= wanted) return workers;
            Array.Resize(ref workers, wanted);
            for (; started < wanted; started++) workers[started] = new Worker(started);
            Volatile.Write(ref s_workers, workers);
            return workers;
        }
    }

    private static int DefaultCount() =>
        int.TryParse(Environment.GetEnvironmentVariable("GRADUS_THREADS"), out var count) && count is >= 1 and <= 1024
            ? count
            : Math.Max(1, Environment.ProcessorCount);

    /// <summary>
    /// A thread's range of chunks: how many of them nobody has claimed yet. On cache lines of its own, since its thread writes it for each chunk.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct ChunkRange
    {
        // The high half counts jobs, the low half the chunks that are left. A claim is one compare-exchange on both, so a thread that
        // is late can never take a chunk of a job it was not called to.
        [FieldOffset(64)]
        private long _ticket;

        public void Open(int epoch, int count) => Volatile.Write(ref _ticket, ((long)epoch << 32) | (uint)count);

        public bool TryClaim(int epoch, out int left)
        {
            while (true)
            {
                var ticket = Volatile.Read(ref _ticket);
                left = (int)(uint)ticket;
                if (left == 0 || (int)(ticket >> 32) != epoch) return false;
                if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) == ticket) return true;
            }
        }
    }

    /// <summary>One thread, and whether it sleeps.</summary>
    private sealed class Worker
    {
        private readonly SemaphoreSlim _permit = new(0);
        private readonly int _index;
        private int _seen;
        private int _parked;

        public Worker(int index)
        {
            _index = index;
            // UnsafeStart: the thread lives for ever and must not hold on to the first caller's execution context.
            new Thread(Serve) { IsBackground = true, Name = $"Gradus worker {index + 1}" }.UnsafeStart();
        }

        private bool HasWork => Volatile.Read(ref s_epoch) != _seen && _index < Volatile.Read(ref s_count) - 1;

        /// <summary>Wakes the thread if it sleeps. Whoever clears the flag owes (or takes back) the one permit, so none is ever left over.</summary>
        public void Wake()
        {
            if (Volatile.Read(ref _parked) != 0 && Interlocked.Exchange(ref _parked, 0) != 0) _permit.Release();
        }

        private void Serve()
        {
            while (true)
            {
                for (var round = 0; round < SpinRounds && !HasWork; round++) Thread.SpinWait(SpinLength);
                if (!HasWork) Park();
                _seen = Volatile.Read(ref s_epoch);
                Work(_index + 1, _seen);
            }
        }

        private void Park()
        {
            Interlocked.Exchange(ref _parked, 1);
            // Work that was published before the flag could be seen: take the flag back, unless a caller was faster and the permit is on its way.
            if (HasWork && Interlocked.Exchange(ref _parked, 0) != 0) return;
            _permit.Wait();
        }
    }

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
