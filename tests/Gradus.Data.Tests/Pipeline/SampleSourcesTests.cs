namespace Gradus.Data.Tests;

public class SampleSourcesTests
{
    private static readonly ISampleSource<int> Ten = SampleSources.From(Enumerable.Range(0, 10));

    [Fact]
    public void Rows_are_taken_skipped_selected_and_joined()
    {
        Assert.Equal([0, 1, 2], All(Ten.Take(3)));
        Assert.Equal(10, Ten.Take(30).Count);
        Assert.Equal([8, 9], All(Ten.Skip(8)));
        Assert.Equal(0, Ten.Skip(11).Count);
        Assert.Equal([7, 7, 0], All(Ten.Select([7, 7, 0])));
        Assert.Equal([8, 9, 0, 4], All(Ten.Skip(8).Concat(Ten.Take(0), Ten.Select([0, 4]))));
        Assert.Equal([1, 3, 5, 7, 9], All(Ten.Filter(static number => number % 2 == 1)));
        Assert.Equal([0, 10, 20], All(Ten.Map(static number => 10 * number).Take(3)));
        Assert.Equal([(0, 5), (1, 6)], All(Ten.Take(2).Zip(Ten.Skip(5).Take(2))));
        Assert.Equal([(4, 0, 3), (5, 1, 3)], All(Ten.Skip(4).Take(2).Map(static (number, row, epoch) => (number, row, epoch)), epoch: 3));
    }

    [Fact]
    public void A_shuffle_follows_from_the_seed_and_is_the_same_in_each_epoch()
    {
        // given
        var shuffled = Ten.Shuffle(seed: 3);

        // then
        Assert.Equal(Enumerable.Range(0, 10), All(shuffled).Order());
        Assert.Equal(All(shuffled), All(Ten.Shuffle(seed: 3), epoch: 1));
        Assert.NotEqual(All(shuffled), All(Ten.Shuffle(seed: 4)));
    }

    [Fact]
    public void Shares_have_no_sample_in_common()
    {
        // when
        var parts = Ten.Split([0.6, 0.2, 0.2], seed: 1);

        // then
        Assert.Equal([6, 2, 2], parts.Select(static part => part.Count));
        Assert.Equal(Enumerable.Range(0, 10), parts.SelectMany(static part => All(part)).Order());
        Assert.Equal(5, Ten.Split([0.5]).Single().Count);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Select([10]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Take(-1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Skip(-1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Split([0.7, 0.7]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Split([0.9, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Split([0.96, 0.04]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Split([double.NaN]));
        Assert.Throws<ArgumentException>(static () => Ten.Zip(Ten.Take(3)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Read(10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Take(3).Read(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Ten.Concat(Ten).Read(20, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => SampleSources.From(Enumerable.Range(0, 9), new() { Limit = -1 }));
    }

    [Fact]
    public void Arrays_and_lists_are_kept_as_they_are()
    {
        // given
        List<string> names = ["a", "b"];
        string[] array = ["c", "d"];

        // then
        Assert.Equal(["a", "b", "c", "d"], All(SampleSources.From(names).Concat(SampleSources.From(array))));
        Assert.Same(names[1], SampleSources.From(names).Read(1, 0));
        Assert.Equal([1, 2], All(SampleSources.From([1, 2])));
    }

    [Fact]
    public void A_sequence_is_read_once_and_no_further_than_the_limit()
    {
        // given
        var read = 0;
        var told = new Told();

        // when
        var source = SampleSources.From(Numbers(), new() { Limit = 2500, Progress = told });

        // then
        Assert.Equal(Enumerable.Range(0, 2500), All(source));
        Assert.Equal(2500, read);
        Assert.Equal([1000, 2000, 2500], told.Counts);

        IEnumerable<int> Numbers()
        {
            while (true) yield return read++;
        }
    }

    [Fact]
    public async Task An_asynchronous_sequence_is_read_into_memory()
    {
        // when
        var source = await SampleSources.FromAsync(Numbers(), new() { Limit = 5 }, TestContext.Current.CancellationToken);

        // then
        Assert.Equal([0, 1, 2, 3, 4], All(source));
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SampleSources.FromAsync(Numbers(), cancellation: canceled.Token));

        static async IAsyncEnumerable<int> Numbers()
        {
            for (var number = 0; ; number++)
            {
                await Task.Yield();
                yield return number;
            }
        }
    }

    [Fact]
    public void A_cached_sample_is_read_once_by_any_number_of_threads_and_as_it_is_in_epoch_0()
    {
        // given
        var reads = new int[200];
        var cached = SampleSources.From(Enumerable.Range(0, 200))
            .Map((number, row, epoch) => (number, epoch, Reads: Interlocked.Increment(ref reads[row]))).Cache();

        // when
        Parallel.For(0, 2000, index => Assert.Equal((index % 200, 0, 1), cached.Read(index % 200, epoch: index % 7)));

        // then
        Assert.All(reads, static count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_sample_that_failed_is_tried_anew()
    {
        // given
        var tries = 0;
        var cached = Ten.Map(number => tries++ == 0 ? throw new IOException("busy") : number).Cache();

        // then
        Assert.Throws<IOException>(() => cached.Read(3, 0));
        Assert.Equal(3, cached.Read(3, 0));
    }

    [Fact]
    public void A_cached_tensor_outlives_the_scope_of_whoever_asked_first()
    {
        // given
        var cached = Ten.Map(static number => Tensor.Full([1000], number)).Cache();

        // when
        using (new TensorScope())
        {
            cached.Read(3, 0);
        }

        // then
        Assert.Equal(3000, cached.Read(3, 0).Sum().Item());
    }

    [Fact]
    public void Batches_of_samples_say_which_sample_failed()
    {
        // given
        var batches = Ten.Map(static number => number == 7 ? throw new InvalidDataException("seven.png: no picture") : number)
            .Batched(static some => some.Sum());

        // then
        Assert.Equal(6, batches.Read([0, 1, 5], 0));
        var error = Assert.Throws<BatchReadException>(() => batches.Read([1, 7], 2));
        Assert.Equal("epoch 2, sample 7: seven.png: no picture", error.Message);
        Assert.Equal((2, null, 7), (error.Epoch, error.Batch, error.Sample));
        Assert.IsType<InvalidDataException>(error.InnerException);
    }

    private static T[] All<T>(ISampleSource<T> source, int epoch = 0) => [.. Enumerable.Range(0, source.Count).Select(row => source.Read(row, epoch))];

    private sealed class Told : IProgress<int>
    {
        public List<int> Counts { get; } = [];

        public void Report(int value) => Counts.Add(value);
    }
}
