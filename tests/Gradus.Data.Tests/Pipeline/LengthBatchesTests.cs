namespace Gradus.Data.Tests;

public class LengthBatchesTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 1003).Select(static row => row * 7919 % 500)];

    [Fact]
    public void Each_row_comes_once_and_lengths_in_a_batch_are_alike()
    {
        // given
        var batches = new LengthBatches(Lengths, new() { Size = 16, Seed = 1 }, pool: 20);

        // when
        int[][] rows = [.. batches.Epoch(4).Select(static batch => batch.ToArray())];

        // then: batches of shuffled rows fill up by about 480
        Assert.Equal(Enumerable.Range(0, 1003), rows.SelectMany(static batch => batch).Order());
        Assert.InRange(rows.Average(static batch => batch.Max(static row => Lengths[row]) - batch.Min(static row => Lengths[row])), 1, 40);
    }

    [Fact]
    public void Short_and_long_batches_come_mixed()
    {
        // given
        var batches = new LengthBatches(Lengths, new() { Size = 16, Seed = 1 });

        // when
        double[] means = [.. batches.Epoch(0).Select(static batch => batch.ToArray().Average(static row => Lengths[row]))];

        // then: sorted, there would be no step down
        Assert.InRange(means.Zip(means.Skip(1)).Count(static pair => pair.Second < pair.First), 20, 45);
    }

    [Fact]
    public void Rows_of_one_length_are_in_other_batches_in_each_epoch()
    {
        // given
        var batches = new LengthBatches(new int[100], new() { Size = 10 });

        // then
        Assert.NotEqual(Sets(0), Sets(1));

        IEnumerable<string> Sets(int epoch) => batches.Epoch(epoch).Select(static batch => string.Join(',', batch.ToArray().Order())).Order();
    }

    [Fact]
    public void Chance_and_not_length_says_which_rows_an_incomplete_batch_leaves_out()
    {
        // given
        var batches = new LengthBatches([.. Enumerable.Range(0, 19)], new() { Size = 10, DropLast = true });

        // when
        var left = Enumerable.Range(0, 40).SelectMany(epoch => Enumerable.Range(0, 19).Except(batches.Epoch(epoch).Single().ToArray()));

        // then
        Assert.Equal(19, left.Distinct().Count());
    }
}
