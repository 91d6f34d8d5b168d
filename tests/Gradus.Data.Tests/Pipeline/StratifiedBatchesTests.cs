namespace Gradus.Data.Tests;

public class StratifiedBatchesTests
{
    [Theory]
    [InlineData(new[] { 600, 300, 100 }, 20)]
    [InlineData(new[] { 500, 500 }, 32)]
    [InlineData(new[] { 997, 2, 1 }, 10)]
    [InlineData(new[] { 100, 100, 100, 100, 100, 100, 100 }, 14)]
    public void Each_batch_has_the_shares_of_the_classes_to_two_rows(int[] counts, int size)
    {
        // given
        int[] labels = [.. counts.SelectMany(static (count, label) => Enumerable.Repeat(label, count))];
        var batches = new StratifiedBatches(labels, new() { Size = size, Seed = 2 });

        for (var epoch = 0; epoch < 5; epoch++)
        {
            // when
            int[][] rows = [.. batches.Epoch(epoch).Select(static batch => batch.ToArray())];

            // then
            Assert.Equal(Enumerable.Range(0, labels.Length), rows.SelectMany(static batch => batch).Order());
            foreach (var batch in rows)
            {
                for (var label = 0; label < counts.Length; label++)
                {
                    var wanted = (double)batch.Length * counts[label] / labels.Length;
                    Assert.InRange(batch.Count(row => labels[row] == label), wanted - 2, wanted + 2);
                }
            }
        }
    }

    [Fact]
    public void The_one_row_of_a_class_comes_in_any_batch()
    {
        // given
        var batches = new StratifiedBatches([1, .. Enumerable.Repeat(0, 99)], new() { Size = 10 });

        // when
        var places = Enumerable.Range(0, 50).Select(epoch => batches.Epoch(epoch).ToList().FindIndex(static batch => batch.Span.Contains(0)));

        // then
        Assert.True(places.Distinct().Count() > 7);
    }

    [Fact]
    public void Options_and_labels_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new StratifiedBatches([0, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new StratifiedBatches([int.MaxValue]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new StratifiedBatches([0], new() { Size = 0 }));
        Assert.Throws<ArgumentException>(static () => new StratifiedBatches([0], new() { Shuffle = false }));
        Assert.Throws<ArgumentException>(static () => new StratifiedBatches([0], new() { SampledBatches = 3 }));
        Assert.Empty(new StratifiedBatches([]).Epoch(0));
    }
}
