using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gradus.Data.Tests;

public class PrefetchTests
{
    private const int Rows = 320;

    private static readonly IBatchSource<Labeled> Pictures = SampleSources.From(Enumerable.Range(0, Rows))
        .Map(static (number, row, epoch) =>
        {
            // Some samples take longer, so that threads overtake each other.
            var random = new SampleRandom(seed: 9, epoch, row);
            if (random.Chance(0.1)) Thread.SpinWait(5_000);
            return (Pixels: Enumerable.Range(0, 200).Select(_ => (float)random.NextDouble()).ToArray(), Label: number % 10);
        })
        .Batched(static some => new Labeled(
            Tensor.From([.. some.SelectMany(static one => one.Pixels)], [some.Count, 200]) * 2,
            Tensor.From([.. some.Select(static one => one.Label)], [some.Count])));

    private static readonly Dictionary<string, IBatchOrder> Orders = new()
    {
        ["shuffled"] = new Batches(Rows, new() { Size = 16, Seed = 1 }),
        ["weighted"] = new WeightedBatches([.. Enumerable.Range(1, Rows).Select(static row => (double)row)], new() { Size = 16, Seed = 1 }),
        ["stratified"] = new StratifiedBatches([.. Enumerable.Range(0, Rows).Select(static row => row % 10)], new() { Size = 16, Seed = 1 }),
        ["by length"] = new LengthBatches([.. Enumerable.Range(0, Rows).Select(static row => row * 31 % 77)], new() { Size = 16, Seed = 1 }),
    };

    public static TheoryData<string> Names => [.. Orders.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Any_number_of_threads_gives_the_same_batches_in_the_same_order(string name)
    {
        // when
        string[] hashes = [.. new[] { 0, 1, 2, 4 }.Select(workers => Hash(Places(name, workers).SelectMany(static place => place)))];

        // then
        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(hashes[0], hashes[2]);
        Assert.Equal(hashes[0], hashes[3]);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_run_goes_on_from_any_place_as_if_it_had_never_stopped(string name)
    {
        // given: what each place of three epochs holds
        var unbroken = Places(name, workers: 0);
        var random = new SampleRandom(seed: 4, epoch: 0, sample: 0);

        for (var trial = 0; trial < 50; trial++)
        {
            var (epoch, from, workers) = (random.Below(3), random.Below(Orders[name].Count + 1), new[] { 0, 1, 2, 4 }[trial % 4]);

            // when
            var resumed = Read(name, workers, epoch, from);

            // then
            Assert.Equal(unbroken[epoch][from..], resumed);
        }
    }

    [Fact]
    public void No_more_batches_are_read_ahead_than_told()
    {
        // given
        var (read, taken, most) = (0, 0, 0);
        var source = SampleSources.From(Enumerable.Range(0, 100)).Batched(batch =>
        {
            var ahead = Interlocked.Increment(ref read) - Volatile.Read(ref taken);
            lock (Orders) most = Math.Max(most, ahead);
            return batch;
        });

        // when
        foreach (var batch in source.Prefetch(new Batches(100, new() { Size = 1 }), new() { Workers = 4, Ahead = 3 }).Epoch(0))
        {
            if (taken % 10 == 0) Thread.Sleep(1);
            Interlocked.Increment(ref taken);
        }

        // then: a batch is taken before it is counted here
        Assert.Equal(100, taken);
        Assert.InRange(most, 1, 4);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(4)]
    public void A_fault_carries_its_place_and_comes_after_the_batches_before_it(int workers)
    {
        // given
        var order = new Batches(40, new() { Size = 4, Seed = 2 });
        var bad = order.Epoch(3).ElementAt(5).Span[2];
        var source = SampleSources.From(Enumerable.Range(0, 40))
            .Map((number, _, epoch) => epoch == 3 && number == bad ? throw new InvalidDataException("x.png: cut off") : number)
            .Batched(static some => some.Count);

        // when
        var given = 0;
        var error = Assert.Throws<BatchReadException>(() =>
        {
            foreach (var batch in source.Prefetch(order, new() { Workers = workers }).Epoch(3, from: 2)) given++;
        });

        // then
        Assert.Equal(3, given);
        Assert.Equal((3, 5, bad), (error.Epoch, error.Batch, error.Sample));
        Assert.Equal($"epoch 3, batch 5, sample {bad}: x.png: cut off", error.Message);
        Assert.IsType<InvalidDataException>(error.InnerException);
        AssertNoThread();
    }

    [Theory, InlineData(0), InlineData(2)]
    public void A_fault_of_the_order_reaches_the_caller(int workers)
    {
        // given
        var reader = SampleSources.From(Enumerable.Range(0, 9)).Batched(static some => some.Count).Prefetch(new Failing(), new() { Workers = workers });

        // when
        var given = 0;
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var batch in reader.Epoch(0)) given++;
        });

        // then
        Assert.Equal((2, "no third batch"), (given, error.Message));
        AssertNoThread();
    }

    [Theory, InlineData(1), InlineData(4)]
    public void An_enumerator_that_is_left_leaves_no_thread(int workers)
    {
        // when
        foreach (var batch in Pictures.Prefetch(Orders["shuffled"], new() { Workers = workers, Ahead = workers }).Epoch(0))
        {
            if (OperatingSystem.IsLinux()) Assert.True(Threads() >= workers);
            break;
        }

        // then
        AssertNoThread();
    }

    [Fact]
    public void An_enumerator_that_is_dropped_leaves_no_thread()
    {
        // given
        using var source = new CancellationTokenSource();
        Drop(source.Token);

        // when
        for (var trial = 0; trial < 10; trial++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // then
        AssertNoThread();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Drop(CancellationToken cancellation) =>
            Assert.True(Pictures.Prefetch(Orders["shuffled"], new() { Workers = 3 }).Epoch(0, 0, cancellation).GetEnumerator().MoveNext());
    }

    [Fact]
    public void An_enumerator_that_is_never_moved_leaves_no_thread()
    {
        Pictures.Prefetch(Orders["shuffled"], new() { Workers = 3 }).Epoch(0).GetEnumerator().Dispose();

        AssertNoThread();
    }

    [Theory, InlineData(0), InlineData(1), InlineData(3)]
    public void Cancellation_ends_the_enumeration_and_the_threads(int workers)
    {
        // given
        using var source = new CancellationTokenSource();
        var given = 0;

        // when
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var batch in Pictures.Prefetch(Orders["shuffled"], new() { Workers = workers }).Epoch(0, 0, source.Token))
            {
                if (++given == 5) source.Cancel();
            }
        });

        // then
        Assert.Equal(5, given);
        AssertNoThread();
    }

    [Fact]
    public async Task Cancellation_wakes_who_waits_for_a_batch()
    {
        // given: a batch that is never read
        using var source = new CancellationTokenSource();
        using var isReading = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var reader = SampleSources.From(Enumerable.Range(0, 9)).Batched(some =>
        {
            isReading.Set();
            goOn.Wait();
            return some.Count;
        }).Prefetch(new Batches(9, new() { Size = 3 }));
        using var stop = source.Token.Register(goOn.Set);

        // when
        var reading = Task.Run(() => reader.Epoch(0, 0, source.Token).Count(), TestContext.Current.CancellationToken);
        isReading.Wait(TestContext.Current.CancellationToken);
        await source.CancelAsync();

        // then
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        AssertNoThread();
    }

    [Theory, InlineData(0), InlineData(1), InlineData(3)]
    public void Tensors_of_a_batch_belong_to_the_scope_of_who_takes_it(int workers)
    {
        // given
        using var batches = Pictures.Prefetch(Orders["shuffled"], new() { Workers = workers }).Epoch(0).GetEnumerator();
        Labeled first;

        // when
        using (new TensorScope())
        {
            Assert.True(batches.MoveNext());
            first = batches.Current;
            Assert.True(first.Input.Sum().Item() > 0);
        }

        Assert.True(batches.MoveNext());
        var second = batches.Current;
        Assert.True(batches.MoveNext());

        // then
        Assert.Throws<GradusException>(() => first.Input.Sum());
        Assert.True(second.Input.Sum().Item() > 0);
    }

    [Fact]
    public void Options_out_of_range_and_places_outside_are_refused_at_once()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Pictures.Prefetch(Orders["shuffled"], new() { Workers = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Pictures.Prefetch(Orders["shuffled"], new() { Workers = 257 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Pictures.Prefetch(Orders["shuffled"], new() { Ahead = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Pictures.Prefetch(Orders["shuffled"]).Epoch(0, 21));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Pictures.Prefetch(Orders["shuffled"]).Epoch(-1));
        Assert.Empty(Pictures.Prefetch(Orders["shuffled"]).Epoch(0, 20));
        Assert.Empty(Pictures.Prefetch(new Batches(0)).Epoch(0));
    }

    /// <summary>The hash of each batch of three epochs.</summary>
    private static string[][] Places(string name, int workers) => [.. Enumerable.Range(0, 3).Select(epoch => Read(name, workers, epoch, 0))];

    private static string[] Read(string name, int workers, int epoch, int from)
    {
        using var scope = new TensorScope();
        return [.. Pictures.Prefetch(Orders[name], new() { Workers = workers }).Epoch(epoch, from).Select(static batch => Hash(
            batch.Input.ToArray<float>(), batch.Target.ToArray<int>()))];
    }

    private static string Hash(float[] input, int[] target) =>
        Convert.ToHexString(SHA256.HashData([.. MemoryMarshal.AsBytes(input.AsSpan()), .. MemoryMarshal.AsBytes(target.AsSpan())]));

    private static string Hash(IEnumerable<string> hashes) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(string.Concat(hashes))));

    /// <summary>That no reading thread is left. The system may hold one a moment longer than it runs.</summary>
    private static void AssertNoThread()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.True(SpinWait.SpinUntil(static () => Threads() == 0, TimeSpan.FromSeconds(30)), $"{Threads()} reading threads are left.");
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Count(static task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("Gradus reader", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });

    private sealed class Failing : IBatchOrder
    {
        public int Count => 3;

        public IEnumerable<ReadOnlyMemory<int>> Epoch(int epoch, int from = 0)
        {
            yield return new[] { 1, 2 };
            yield return new[] { 3 };
            throw new InvalidOperationException("no third batch");
        }
    }
}
