using Gradus.Distributed.Worker;
using Gradus.Training;

namespace Gradus.Distributed.Tests;

public class ShardExchangeTests
{
    [Fact]
    public void The_total_may_be_the_memory_of_the_first_sum() => InProcessCommunicator.Run(4, static communicator =>
    {
        // given
        var tree = new ShardTree(7);
        var own = Checks.OwnSums(tree, communicator, 100);
        var expected = new float[100];
        new ShardExchange(communicator).Sum(tree, Checks.OwnSums(tree, communicator, 100), expected);

        // when
        new ShardExchange(communicator).Sum(tree, own, own[0].Values);

        // then
        Assert.Equal(expected, own[0].Values.ToArray());
        return 0;
    });

    [Fact]
    public void Vectors_and_trees_may_change_from_call_to_call() => InProcessCommunicator.Run(3, static communicator =>
    {
        // given
        var exchange = new ShardExchange(communicator);

        foreach (var (shards, length) in new[] { (8, 100), (8, 70), (5, 70), (2, 1000) })
        {
            // when
            var tree = new ShardTree(shards);
            float[] expected = new float[length], total = new float[length];
            new ShardExchange(communicator).Sum(tree, Checks.OwnSums(tree, communicator, length), expected);
            exchange.Sum(tree, Checks.OwnSums(tree, communicator, length), total);

            // then
            Assert.Equal(expected, total);
        }

        return 0;
    });

    [Fact]
    public void Calls_after_the_first_allocate_no_buffers()
    {
        // given
        const int length = 100_000;
        var (exchange, tree) = (new ShardExchange(InProcessCommunicator.Create(1)[0]), new ShardTree(4));
        var total = new float[length];
        ShardSum[] own = [new(tree.Root, new float[length])];
        exchange.Sum(tree, own, total);

        // when
        var before = GC.GetAllocatedBytesForCurrentThread();
        exchange.Sum(tree, own, total);

        // then
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public void Sums_that_are_not_those_of_the_rank_are_refused()
    {
        // given
        var exchange = new ShardExchange(InProcessCommunicator.Create(2)[1]);
        var tree = new ShardTree(4);

        // when
        var others = Assert.Throws<ArgumentException>(() => exchange.Sum(tree, [new ShardSum(new ShardNode(0, 2), new float[8])], new float[8]));
        var longer = Assert.Throws<ArgumentException>(() => exchange.Sum(tree, [new ShardSum(new ShardNode(2, 4), new float[9])], new float[8]));

        // then
        Assert.StartsWith("Rank 1 of 2 has sums of the shards 0..2, expected 2..4.", others.Message);
        Assert.StartsWith("The sum of the shards 2..4 has 9 values, expected 8.", longer.Message);
    }
}
