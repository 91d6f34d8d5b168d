using System.Globalization;
using System.Text.RegularExpressions;

namespace Gradus.Distributed.Tests;

/// <summary>Who is taken for gone, and who is not; over threads, with a timeout of a fraction of a second.</summary>
public partial class HeartbeatTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_rank_that_works_longer_than_the_timeout_is_not_gone_and_all_leave_together()
    {
        // given
        string[] hosts = ["a", "a", "b", "c"];

        // when: one has its work done long after the others
        var lost = InProcessCommunicator.Run(hosts.Length, communicator =>
        {
            var told = "";
            using (new Heartbeats(communicator, hosts, Timeout, reason => told = reason))
            {
                if (communicator.Rank == 2) Thread.Sleep(2 * Timeout);
            }

            return told;
        });

        // then
        Assert.All(lost, static told => Assert.Equal("", told));
    }

    [Fact]
    public void Those_of_whom_nothing_is_heard_are_named_with_their_machines_and_the_second_of_a_machine_lets_the_first_speak()
    {
        // given: two of five say nothing
        string[] hosts = ["a", "a", "b", "b", "c"];

        // when
        var lost = InProcessCommunicator.Run(hosts.Length, communicator =>
        {
            if (communicator.Rank is 2 or 3) return "";
            var told = "";
            using var heard = new ManualResetEventSlim();
            using var heartbeats = new Heartbeats(communicator, hosts, Timeout, reason =>
            {
                told = reason;
                heard.Set();
            });
            heard.Wait();
            return told;
        });

        // then
        Assert.All(lost.Where((_, rank) => rank is not (2 or 3)), static told => Assert.Matches(
            @"^Nothing was heard of rank 2, 3 on b for \d(\.\d)? s: the machine is down, or the network to it\.", told));
        Assert.InRange(double.Parse(SecondsIn().Match(lost[1]).Groups[1].Value, CultureInfo.InvariantCulture), 1.2, 10);
    }

    [Fact]
    public void Ranks_of_one_machine_are_left_to_mpirun()
    {
        // when
        var lost = InProcessCommunicator.Run(2, static communicator =>
        {
            var told = "";
            if (communicator.Rank == 0)
            {
                using var heartbeats = new Heartbeats(communicator, ["a", "a"], TimeSpan.FromMilliseconds(50), reason => told = reason);
                Thread.Sleep(200);
            }

            return told;
        });

        // then
        Assert.Equal(["", ""], lost);
    }

    [Fact]
    public void A_timeout_is_a_time_or_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => InProcessCommunicator.Create(1, new() { HeartbeatTimeout = TimeSpan.Zero }));
        Assert.Single(InProcessCommunicator.Create(1, new() { HeartbeatTimeout = System.Threading.Timeout.InfiniteTimeSpan }));
    }

    [GeneratedRegex(@" for (\S+) s: ")]
    private static partial Regex SecondsIn();
}
