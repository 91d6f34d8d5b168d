namespace Gradus.Kernels.Tests;

[Collection(nameof(ThreadTests))]
public class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_chunk_runs_exactly_once(int threads)
    {
        // given
        using var count = new ThreadCount(threads);
        for (var round = 0; round < 2000; round++)
        {
            var runs = new int[round % 17];

            // when
            Workers.Run(runs.Length, new Tally(runs));

            // then
            Assert.All(runs, static n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void Every_chunk_runs_exactly_once_after_the_workers_fell_asleep()
    {
        // given
        using var count = new ThreadCount(3);
        for (var round = 0; round < 30; round++)
        {
            Thread.Sleep(2);
            var runs = new int[7];

            // when
            Workers.Run(runs.Length, new Tally(runs));

            // then
            Assert.All(runs, static n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void Another_thread_takes_part()
    {
        // given: a chunk that waits until the other one has begun
        using var count = new ThreadCount(2);
        using var meeting = new Barrier(2);

        // when
        Workers.Run(2, new Meet(meeting));

        // then: both were there at once, or the barrier would have thrown
        Assert.Equal(1, meeting.CurrentPhaseNumber);
    }

    [Fact]
    public void A_nested_job_runs_on_the_thread_that_asked_for_it()
    {
        // given
        using var count = new ThreadCount(3);
        var runs = new int[40];

        // when
        Workers.Run(8, new Nested(runs));

        // then
        Assert.All(runs, static n => Assert.Equal(1, n));
    }

    [Fact]
    public void Callers_on_several_threads_do_not_disturb_each_other()
    {
        // given
        using var count = new ThreadCount(3);

        // when
        Parallel.For(0, 4, static _ =>
        {
            for (var round = 0; round < 1000; round++)
            {
                var runs = new int[9];
                Workers.Run(runs.Length, new Tally(runs));

                // then
                Assert.All(runs, static n => Assert.Equal(1, n));
            }
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_chunk_s_exception_reaches_the_caller_and_the_next_job_runs(int threads)
    {
        // given
        using var count = new ThreadCount(threads);
        for (var round = 0; round < 50; round++)
        {
            // when
            var thrown = Assert.Throws<InvalidTimeZoneException>(static () => Workers.Run(20, default(Failing)));

            // then
            Assert.Equal("chunk 13", thrown.Message);
            var runs = new int[5];
            Workers.Run(runs.Length, new Tally(runs));
            Assert.All(runs, static n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void The_number_of_threads_may_change_between_jobs()
    {
        // given
        using var restore = new ThreadCount(1);
        var random = new System.Random(1);
        for (var round = 0; round < 500; round++)
        {
            Workers.Count = random.Next(1, 9);
            var runs = new int[random.Next(1, 30)];

            // when
            Workers.Run(runs.Length, new Tally(runs));

            // then
            Assert.All(runs, static n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void No_more_threads_take_part_than_were_asked_for()
    {
        // given: workers beyond the second, started and awake
        using var count = new ThreadCount(6);
        Workers.Run(6, new Tally(new int[6]));
        Workers.Count = 2;
        var threads = new int[200];

        // when
        Workers.Run(threads.Length, new WhoRan(threads));

        // then
        Assert.InRange(threads.Distinct().Count(), 1, 2);
    }

    [Fact]
    public void A_job_allocates_nothing()
    {
        // given
        using var count = new ThreadCount(2);
        var runs = new int[16];
        Workers.Run(runs.Length, new Tally(runs));
        var before = GC.GetAllocatedBytesForCurrentThread();

        // when
        for (var round = 0; round < 100; round++) Workers.Run(runs.Length, new Tally(runs));

        // then
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_senseless_number_of_threads_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Count = count);

    private readonly struct Tally(int[] runs) : IJob
    {
        public void Run(int chunk) => Interlocked.Increment(ref runs[chunk]);
    }

    private readonly struct Nested(int[] runs) : IJob
    {
        public void Run(int chunk) => Workers.Run(5, new Shifted(runs, chunk * 5));
    }

    private readonly struct Shifted(int[] runs, int offset) : IJob
    {
        public void Run(int chunk) => Interlocked.Increment(ref runs[offset + chunk]);
    }

    private readonly struct Meet(Barrier meeting) : IJob
    {
        public void Run(int chunk)
        {
            if (!meeting.SignalAndWait(TimeSpan.FromSeconds(20))) throw new TimeoutException("The other thread did not come.");
        }
    }

    private readonly struct Failing : IJob
    {
        public void Run(int chunk)
        {
            if (chunk == 13) throw new InvalidTimeZoneException("chunk 13");
        }
    }

    private readonly struct WhoRan(int[] threads) : IJob
    {
        public void Run(int chunk)
        {
            Thread.SpinWait(50);
            threads[chunk] = Environment.CurrentManagedThreadId;
        }
    }
}
