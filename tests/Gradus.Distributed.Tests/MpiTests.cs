using System.Text.RegularExpressions;

namespace Gradus.Distributed.Tests;

/// <summary>Ranks that are processes, started by mpirun: tests/Gradus.Distributed.Worker does what its first argument says.</summary>
public class MpiTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void All_holds_over_processes_that_holds_over_threads(int ranks)
    {
        SkipWithoutMpi();

        // when
        var run = MpiRun.Of(ranks, "checks");

        // then
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(Enumerable.Range(0, ranks).Select(rank => $"rank {rank} of {ranks} is right"), run.Output.Order());
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others_and_says_why_once()
    {
        SkipWithoutMpi();

        // when
        var run = MpiRun.Of(3, "throw", "1");

        // then
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Single(run.Error, static line => line.Contains("The loss is not a number.", StringComparison.Ordinal));
        Assert.Contains("rank 1 of 3: The loss is not a number.", run.Error);
    }

    [Fact]
    public void A_rank_that_is_killed_ends_the_others()
    {
        SkipWithoutMpi();

        // when
        var run = MpiRun.Of(3, "killed", "2");

        // then: mpirun ends the others and tells the signal
        Assert.True(run.ExitCode == 128 + 9, run.ToString());
    }

    [Fact]
    public void A_rank_that_does_not_answer_is_named()
    {
        SkipWithoutMpi();

        // when
        var run = MpiRun.Of(3, "silent", "1");

        // then
        Assert.True(run.ExitCode == 1, run.ToString());
        const string reason = "of 3: Waited 3 s for rank 1, which has not sent its message to this rank.";
        Assert.Contains(run.Error, static line => line.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rank_that_is_stopped_on_another_machine_is_named_and_nothing_of_the_run_is_left()
    {
        SkipWithoutMpi();

        // when: as if each rank had a machine of its own
        var run = MpiRun.Of(3, "stopped", "1");

        // then
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains(run.Error, static line => line.Contains(" of 3: Nothing was heard of rank 1 on machine1 for ", StringComparison.Ordinal));
        var processes = Regex.Matches(string.Concat(run.Output), @"\[(\d+)\]").Select(static match => match.Groups[1].Value).ToArray();
        Assert.Equal(3, processes.Length);
        foreach (var process in processes)
        {
            for (var look = 0; look < 500 && Directory.Exists($"/proc/{process}"); look++) Thread.Sleep(10);
            Assert.False(Directory.Exists($"/proc/{process}"), $"{process} is left");
        }
    }

    [Fact]
    public void Without_MPI_it_is_said_how_to_install_it()
    {
        // when
        var error = Assert.Throws<GradusException>(static () => MpiLibrary.Load(["libmpi-that-nobody-has.so"]));

        // then
        Assert.StartsWith("MPI is not installed (libmpi-that-nobody-has.so missing): apt-get install openmpi-bin", error.Message);
    }

    [Fact]
    public void A_library_that_is_not_that_of_Open_MPI_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libc.so.6 is a library on Linux.");

        // when
        var error = Assert.Throws<GradusException>(static () => MpiLibrary.Load(["libc.so.6"]));

        // then
        Assert.Equal(
            "libc.so.6 is no library of MPI, expected Open MPI. Install it (apt-get install openmpi-bin) and start by its mpirun.", error.Message);
    }

    [Fact]
    public void A_process_that_was_started_alone_is_the_only_rank()
    {
        // when
        var ranks = Communicator.Run(static communicator => communicator.Size);

        // then
        Assert.False(Communicator.IsLaunched);
        Assert.Equal(1, ranks);
        Assert.Throws<GradusException>(static () => Communicator.Run(static _ => throw new GradusException("The loss is not a number.")));
    }

    private static void SkipWithoutMpi() => Assert.SkipUnless(MpiRun.IsInstalled, "mpirun is not installed: apt-get install openmpi-bin");
}
