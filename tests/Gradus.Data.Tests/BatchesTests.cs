namespace Gradus.Data.Tests;

public class BatchesTests
{
    private static int[] Rows(Batches batches, int epoch) => [.. batches.Epoch(epoch).SelectMany(batch => batch.ToArray())];

    [Fact]
    public void Every_row_comes_once_per_epoch_and_the_last_batch_may_be_smaller()
    {
        var batches = new Batches(10, new() { Size = 4, Seed = 3 });

        Assert.Equal(3, batches.Count);
        Assert.Equal([4, 4, 2], batches.Epoch(0).Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 10), Rows(batches, 0).Order());
    }

    [Fact]
    public void The_order_follows_from_seed_and_epoch_alone()
    {
        var batches = new Batches(100, new() { Seed = 3 });
        var third = Rows(batches, 2);

        Assert.Equal(third, Rows(new Batches(100, new() { Seed = 3, Size = 7 }), 2));
        Assert.NotEqual(third, Rows(batches, 1));
        Assert.NotEqual(third, Rows(new Batches(100, new() { Seed = 4 }), 2));
        Assert.Equal([0, 2, 1, 4, 5, 3], Rows(new Batches(6, new() { Seed = 1 }), 0));
    }

    [Fact]
    public void A_last_partial_batch_can_be_left_out()
    {
        var batches = new Batches(10, new() { Size = 4, DropLast = true });

        Assert.Equal(2, batches.Count);
        Assert.Equal([4, 4], batches.Epoch(0).Select(batch => batch.Length));
    }

    [Fact]
    public void Drawn_batches_follow_from_seed_and_number_alone()
    {
        var batches = new Batches(1000, new() { Size = 8, SampledBatches = 5, Seed = 3 });
        int[][] drawn = [.. Enumerable.Range(0, 2).SelectMany(epoch => batches.Epoch(epoch)).Select(static batch => batch.ToArray())];

        Assert.Equal((5, 10), (batches.Count, drawn.Length));
        Assert.All(drawn, static rows => Assert.Equal(8, rows.Length));
        Assert.All(drawn.SelectMany(static rows => rows), static row => Assert.InRange(row, 0, 999));
        Assert.Equal(10, drawn.Select(static rows => string.Join(',', rows)).Distinct().Count());
        Assert.Equal(drawn[7], new Batches(1000, new() { Size = 8, SampledBatches = 7, Seed = 3 }).Epoch(1).First().ToArray());
        Assert.NotEqual(drawn[0], new Batches(1000, new() { Size = 8, SampledBatches = 5, Seed = 4 }).Epoch(0).First().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(0, new() { SampledBatches = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(9, new() { SampledBatches = 0 }));
    }

    [Fact]
    public void Without_shuffling_rows_come_in_order()
    {
        Assert.Equal(Enumerable.Range(0, 10), Rows(new Batches(10, new() { Size = 4, Shuffle = false }), 5));
    }

    [Fact]
    public void Batches_of_no_rows_are_none()
    {
        Assert.Empty(new Batches(0).Epoch(0));
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(1, new() { Size = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(1).Epoch(-1));
    }

    [Theory]
    [InlineData(9, 4, 2, new[] { 4, 5 })]
    [InlineData(9, 4, 1, new[] { 4, 4, 1 })]
    [InlineData(10, 4, 2, new[] { 4, 4, 2 })]
    [InlineData(8, 4, 2, new[] { 4, 4 })]
    [InlineData(1, 4, 2, new[] { 1 })]
    [InlineData(4, 4, 2, new[] { 4 })]
    public void A_last_batch_of_too_few_rows_joins_the_one_before(int rows, int size, int fewest, int[] lengths)
    {
        var batches = new Batches(rows, new() { Size = size, MinLastBatch = fewest });

        Assert.Equal(lengths.Length, batches.Count);
        Assert.Equal(lengths, batches.Epoch(0).Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, rows), Rows(batches, 0).Order());
        Assert.Equal(Rows(new Batches(rows, new() { Size = size }), 0), Rows(batches, 0));
    }
}
