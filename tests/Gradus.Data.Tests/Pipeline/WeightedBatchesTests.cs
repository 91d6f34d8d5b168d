namespace Gradus.Data.Tests;

public class WeightedBatchesTests
{
    [Fact]
    public void Rows_come_as_often_as_their_weights_say()
    {
        // given
        double[] weights = [0, 1, 0, 3, 6, 0];
        var batches = new WeightedBatches(weights, new() { Size = 100, SampledBatches = 200, Seed = 5 });

        // when
        var counts = batches.Epoch(0).SelectMany(static batch => batch.ToArray()).CountBy(static row => row).ToDictionary();

        // then: 20,000 draws, whose deviation is below 70
        Assert.Equal([1, 3, 4], counts.Keys.Order());
        Assert.InRange(counts[1], 1800, 2200);
        Assert.InRange(counts[3], 5800, 6200);
        Assert.InRange(counts[4], 11800, 12200);
    }

    [Fact]
    public void An_epoch_has_by_default_as_many_batches_as_contain_each_row_once() =>
        Assert.Equal([3, 3], new WeightedBatches([1, 1, 1, 1, 1], new() { Size = 3 }).Epoch(0).Select(static batch => batch.Length));

    [Fact]
    public void Balanced_batches_have_rare_classes_as_often_as_common_ones()
    {
        // given
        int[] labels = [.. Enumerable.Repeat(0, 970), .. Enumerable.Repeat(1, 30)];

        // when
        var rows = WeightedBatches.Balanced(labels, new() { Size = 100, SampledBatches = 100 }).Epoch(3).SelectMany(static batch => batch.ToArray());

        // then
        Assert.InRange(rows.Count(row => labels[row] == 1), 4800, 5200);
    }

    [Fact]
    public void Weights_that_nothing_can_be_drawn_by_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WeightedBatches([1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WeightedBatches([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WeightedBatches([0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WeightedBatches([double.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WeightedBatches([]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WeightedBatches([1], new() { SampledBatches = 0 }));
        Assert.Throws<ArgumentException>(static () => new WeightedBatches([1], new() { Shuffle = false }));
    }
}
