namespace Gradus.Data.Tests;

/// <summary>What every order of batches promises.</summary>
public class BatchOrdersTests
{
    private static readonly Dictionary<string, Func<ulong, IBatchOrder>> Orders = new()
    {
        ["shuffled"] = static seed => new Batches(103, new() { Size = 8, Seed = seed }),
        ["full batches"] = static seed => new Batches(103, new() { Size = 8, DropLast = true, Seed = seed }),
        ["a joined last batch"] = static seed => new Batches(105, new() { Size = 8, MinLastBatch = 2, Seed = seed }),
        ["sampled"] = static seed => new Batches(103, new() { Size = 8, SampledBatches = 9, Seed = seed }),
        ["weighted"] = static seed => new WeightedBatches([.. Lengths.Select(static length => length % 5.0)], new() { Size = 8, Seed = seed }),
        ["balanced"] = static seed => WeightedBatches.Balanced(Labels, new() { Size = 8, SampledBatches = 9, Seed = seed }),
        ["stratified"] = static seed => new StratifiedBatches(Labels, new() { Size = 8, Seed = seed }),
        ["stratified full batches"] = static seed => new StratifiedBatches(Labels, new() { Size = 8, DropLast = true, Seed = seed }),
        ["by length"] = static seed => new LengthBatches(Lengths, new() { Size = 8, Seed = seed }, pool: 4),
        ["by length, full batches"] = static seed => new LengthBatches(Lengths, new() { Size = 8, DropLast = true, Seed = seed }),
    };

    private static int[] Labels => [.. Enumerable.Range(0, 103).Select(static row => row < 60 ? 0 : row < 95 ? 1 : 2)];

    private static int[] Lengths => [.. Enumerable.Range(0, 103).Select(static row => 1 + (row * 37 % 50))];

    public static TheoryData<string> Names => [.. Orders.Keys];

    [Theory, MemberData(nameof(Names))]
    public void An_epoch_goes_on_from_any_position(string name)
    {
        // given
        var order = Orders[name](3);

        for (var epoch = 0; epoch < 3; epoch++)
        {
            // when
            var whole = Epoch(order, epoch);

            // then
            Assert.Equal(order.Count, whole.Length);
            for (var from = 0; from <= order.Count; from++) Assert.Equal(whole[from..], Epoch(Orders[name](3), epoch, from));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Batches_differ_between_epochs_and_between_seeds(string name)
    {
        // when
        var batches = Epoch(Orders[name](3), 0);

        // then
        Assert.Equal(batches, Epoch(Orders[name](3), 0));
        Assert.NotEqual(batches, Epoch(Orders[name](3), 1));
        Assert.NotEqual(batches, Epoch(Orders[name](4), 0));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_place_outside_is_an_error_at_the_call(string name)
    {
        // given
        var order = Orders[name](3);

        // then
        Assert.Throws<ArgumentOutOfRangeException>(() => order.Epoch(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => order.Epoch(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => order.Epoch(0, order.Count + 1));
    }

    private static int[][] Epoch(IBatchOrder order, int epoch, int from = 0) => [.. order.Epoch(epoch, from).Select(static batch => batch.ToArray())];
}
