using Gradus.Distributed.Worker;

namespace Gradus.Distributed.Tests;

/// <summary>Ranks that are threads of this process.</summary>
public class InProcessTests
{
    public static TheoryData<int, int> RanksAndShards =>
        [.. Enumerable.Range(1, 8).SelectMany(static ranks => new[] { 8, 7, 12 }.Select(shards => (ranks, shards)))];

    [Theory, MemberData(nameof(RanksAndShards))]
    public void The_sum_of_shards_has_the_bits_of_one_process(int ranks, int shards) => Together(ranks, communicator =>
    {
        foreach (var length in new[] { 0, 1, 16, 100, 1000 }) Checks.Sum(communicator, shards, length);
    });

    [Theory, InlineData(1), InlineData(2), InlineData(4), InlineData(8)]
    public void As_few_bytes_are_sent_as_can_be(int ranks) => Together(ranks, static communicator => Checks.Bytes(communicator, 8, 4096));

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void Numbers_of_16_bits_are_half_as_many_bytes_and_the_same_bits_in_all_ranks(int ranks) => Together(ranks, Checks.Half);

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(5), InlineData(8)]
    public void Collectives_give_all_ranks_the_same(int ranks) => Together(ranks, static communicator =>
    {
        Checks.Buckets(communicator);
        Checks.ReduceInPlace(communicator);
        Checks.BroadcastFromEach(communicator);
        Checks.Gather(communicator);
    });

    [Theory, InlineData(1), InlineData(3)]
    public void Messages_of_one_tag_keep_their_order(int ranks) => Together(ranks, static communicator => Checks.Order(communicator, 10));

    [Theory, InlineData(2), InlineData(7)]
    public void No_rank_leaves_a_barrier_before_all_have_come(int ranks) => Together(ranks, Checks.LateBarrier);

    [Fact]
    public void A_rank_that_does_not_answer_is_named()
    {
        // given
        var options = new CommunicatorOptions { Timeout = TimeSpan.FromMilliseconds(50) };
        var waiting = InProcessCommunicator.Create(3, options)[0];

        // when
        var sent = Assert.Throws<GradusException>(() => waiting.Receive(new byte[1].AsMemory(), from: 2, tag: 0).Wait());
        var taken = Assert.Throws<GradusException>(() => waiting.Send<byte>(new byte[1], to: 1, tag: 0).Wait());

        // then
        Assert.Matches(@"^Waited 0\.\d+ s for rank 2, which has not sent its message to this rank\. .*CommunicatorOptions\.Timeout", sent.Message);
        Assert.Matches(@"^Waited 0\.\d+ s for rank 1, which has not taken a message from this rank\.", taken.Message);
    }

    [Fact]
    public void A_message_of_another_length_is_an_error()
    {
        // given
        var ranks = InProcessCommunicator.Create(2);
        var sent = ranks[1].Send<float>(new float[4], to: 0, tag: 3);

        // when
        var error = Assert.Throws<GradusException>(() => ranks[0].Receive(new float[3].AsMemory(), from: 1, tag: 3).Wait());

        // then
        Assert.Equal("The message from rank 1 has 16 bytes, expected 12. Have all ranks the same network and options?", error.Message);
        Assert.True(sent.IsDone);
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others()
    {
        // when
        var error = Assert.Throws<AggregateException>(static () => InProcessCommunicator.Run(3, static communicator =>
        {
            if (communicator.Rank == 1) throw new GradusException("The loss is not a number.");
            communicator.Barrier();
            return 0;
        }));

        // then
        Assert.Equal(
            ["The loss is not a number.", "rank 1 of 3: The loss is not a number.", "rank 1 of 3: The loss is not a number."],
            error.InnerExceptions.Select(static inner => inner.Message));
    }

    [Fact]
    public void There_is_no_rank_and_no_tag_outside_the_range()
    {
        // given
        var communicator = InProcessCommunicator.Create(2)[0];

        // then
        Assert.Throws<ArgumentOutOfRangeException>(() => communicator.Send<byte>(new byte[1], to: 2, tag: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => communicator.Receive(new byte[1].AsMemory(), from: -1, tag: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => communicator.Send<byte>(new byte[1], to: 1, tag: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => communicator.Broadcast<byte>(new byte[1], root: 2));
        Assert.Throws<ArgumentException>(() => communicator.AllGather<byte>(new byte[1], new byte[3]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => InProcessCommunicator.Create(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => InProcessCommunicator.Create(1, new() { Timeout = TimeSpan.Zero }));
    }

    private static void Together(int ranks, Action<ICommunicator> check) => InProcessCommunicator.Run(ranks, communicator =>
    {
        check(communicator);
        return 0;
    });
}
